package org.ionstream.standalone.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.ionstream.schemas.wire.UnreadableMessageException;
import org.ionstream.standalone.deadletter.DeadLetter;
import org.ionstream.standalone.deadletter.DeadLetterBox;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "One dead letter: where it was, why it could not be understood, its message if it is one, its bytes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream dlq show --topic=stimuli.v1 --at=0@12",
            "  ionstream dlq show --topic=stimuli.v1 --at=0@12 --out=letter.bin"
        })
public final class DlqShowCommand implements Callable<Integer> {
    private static final int BYTES_PER_LINE = 16;
    private static final int SHOWN_BYTES = 256;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--topic",
            required = true,
            paramLabel = "NAME",
            description = "That it was read from, as dlq list says")
    private String topic;

    @Option(names = "--at", required = true, paramLabel = "PLACE", description = "As dlq list says, e.g. 0@12")
    private String place;

    @Option(names = "--out", paramLabel = "FILE", description = "Gets the bytes as they came")
    private Path file;

    @Override
    public Integer call() {
        try {
            DeadLetterBox box = new DeadLetterBox(kafka.settings(), kafka.topics());
            AtomicReference<DeadLetter> found = new AtomicReference<>();
            box.read(box.topic(topic), letter -> {
                if (letter.place().equals(place)) {
                    found.set(letter);
                }
            });
            DeadLetter letter = found.get();
            if (letter == null) {
                throw new IllegalArgumentException(
                        "no dead letter of %s waits at %s; dlq list says which do".formatted(topic, place));
            }
            print(letter, message(box, letter), spec.commandLine().getOut());
            if (file != null && letter.value() != null) {
                Files.write(file, letter.value());
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    /** Well-formed ones may still break a rule. */
    private static String message(DeadLetterBox box, DeadLetter letter) {
        try {
            return box.topic(letter.topic()).wire().decode(letter.value()).toString();
        } catch (UnreadableMessageException e) {
            return "none that can be read";
        }
    }

    private static void print(DeadLetter letter, String message, PrintWriter out) {
        out.printf("origin   %s%n", letter.origin());
        out.printf("stage    %s, %s%n", letter.stage(), letter.at());
        out.printf("reason   %s%n", letter.reason());
        out.printf("key      %s%n", letter.key() == null ? "none" : new String(letter.key(), StandardCharsets.UTF_8));
        out.printf("message  %s%n", message);
        out.printf("bytes    %,d%n", letter.bytes());
        HexFormat hex = HexFormat.ofDelimiter(" ");
        for (int from = 0; from < Math.min(SHOWN_BYTES, letter.bytes()); from += BYTES_PER_LINE) {
            byte[] line = Arrays.copyOfRange(letter.value(), from, Math.min(letter.bytes(), from + BYTES_PER_LINE));
            out.printf("  %06x  %-47s  %s%n", from, hex.formatHex(line), printable(line));
        }
        out.flush();
    }

    private static String printable(byte[] line) {
        StringBuilder text = new StringBuilder();
        for (byte value : line) {
            text.append(value >= ' ' && value < 127 ? (char) value : '.');
        }
        return text.toString();
    }
}
