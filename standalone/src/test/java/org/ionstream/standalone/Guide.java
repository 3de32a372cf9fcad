package org.ionstream.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** What a Markdown file leads to: its headings, links, command lines and code within sentences. */
final class Guide {
    /** The program by either name, with something after it. */
    private static final Pattern PROGRAM =
            Pattern.compile("(?<![\\w./-])(?:ionstream|[\\w/]*/ionstream\\.jar) +(\\S.*)");

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    private final Path file;
    private final Set<String> anchors = new HashSet<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();
    private final List<String> mentions = new ArrayList<>();

    private Guide(Path file) {
        this.file = file;
    }

    static Guide read(Path file) {
        Guide guide = new Guide(file);
        try {
            Parser.builder().build().parse(Files.readString(file)).accept(guide.new Collecting());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return guide;
    }

    /** Links and images that lead nowhere. */
    List<String> brokenLinks() {
        return links.stream().filter(this::isBroken).toList();
    }

    /** The files of this disk that links lead to. */
    Set<Path> linkedFiles() {
        return links.stream()
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .map(this::target)
                .collect(Collectors.toSet());
    }

    /** The words after the program's name, of each line in a code block that starts it. */
    List<List<String>> commandLines() {
        return blocks.stream().flatMap(Guide::started).map(ShellWords::of).toList();
    }

    /** The words of each piece of code within a sentence, without the program's name. */
    List<List<String>> mentions() {
        return mentions.stream()
                .map(code -> started(code).findFirst().orElse(code))
                .map(ShellWords::of)
                .filter(words -> !words.isEmpty())
                .toList();
    }

    private static Stream<String> started(String code) {
        String joined = code.replaceAll("\\\\\n\\s*", " ");
        return PROGRAM.matcher(joined).results().map((MatchResult match) -> match.group(1));
    }

    private boolean isBroken(String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return false;
        }
        Path target = target(link);
        int hash = link.indexOf('#');
        return !Files.exists(target)
                || hash >= 0 && !(target.equals(file) ? this : read(target)).anchors.contains(link.substring(hash + 1));
    }

    private Path target(String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
    }

    private final class Collecting extends AbstractVisitor {
        private final IdGenerator ids = IdGenerator.builder().build();

        @Override
        public void visit(Heading heading) {
            anchors.add(ids.generateId(text(heading)));
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            blocks.add(block.getLiteral());
        }

        @Override
        public void visit(Code code) {
            mentions.add(code.getLiteral());
        }

        private String text(Node node) {
            StringBuilder text = new StringBuilder();
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof Text plain) {
                    text.append(plain.getLiteral());
                } else if (child instanceof Code code) {
                    text.append(code.getLiteral());
                } else {
                    text.append(text(child));
                }
            }
            return text.toString();
        }
    }
}
