package org.ionstream.standalone;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that a shell would give to a command. */
final class ShellWords {
    /** Up to a pipe, a redirection, the next command or the end of a substitution. */
    private static final Pattern COMMAND = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\"'|>;&)])*");

    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

    private ShellWords() {}

    /** @param line begins with the command */
    static List<String> of(String line) {
        Matcher command = COMMAND.matcher(line);
        return WORD.matcher(command.lookingAt() ? command.group() : "")
                .results()
                .map(MatchResult::group)
                .map(word -> word.replaceAll("[\"']", ""))
                .toList();
    }
}
