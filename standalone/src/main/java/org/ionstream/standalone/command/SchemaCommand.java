package org.ionstream.standalone.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.ionstream.schemas.stream.Topic;
import org.ionstream.schemas.stream.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a program in another language must know of a message. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description =
                "Prints the Avro schema of a topic's messages, complete in itself, or the ten bytes that every such "
                        + "message begins with.",
        footerHeading = "%nExample:%n",
        footer = "  schema stimuli.v1 --header")
public final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "Without prefix, e.g. predictions.v1")
    private String topic;

    @Option(names = "--header", description = "Print C3 01 and the fingerprint, in hexadecimal")
    private boolean header;

    @Override
    public Integer call() {
        try {
            Schema schema = schema();
            spec.commandLine().getOut().println(header ? header(schema) : schema.toString(true));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Schema schema() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Topic<?> known : new Topics("").all()) {
            schemas.put(known.name(), known.wire().schema());
        }
        if (!schemas.containsKey(topic)) {
            throw new IllegalArgumentException("no topic '%s'; there are %s".formatted(topic, schemas.keySet()));
        }
        return schemas.get(topic);
    }

    private static String header(Schema schema) {
        ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0xC3).put((byte) 0x01).putLong(SchemaNormalization.parsingFingerprint64(schema));
        return HexFormat.of().formatHex(bytes.array());
    }
}
