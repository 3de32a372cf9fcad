package org.ionstream.standalone.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.ionstream.schemas.stream.AsyncApi;
import org.ionstream.schemas.stream.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the Avro schemas, for programs in other languages. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description =
                "Prints the Avro schema of a message with all types in it, or the names of all messages, or topics and "
                        + "messages as an AsyncAPI document.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream schema Prediction > Prediction.avsc",
            "  ionstream schema Prediction --fingerprint",
            "  ionstream schema --asyncapi > asyncapi.json"
        })
public final class SchemaCommand implements Callable<Integer> {
    private static final List<Schema> SCHEMAS =
            Topics.standard().all().stream().map(topic -> topic.wire().schema()).toList();

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MESSAGE",
            description = "e.g. StimulusProtocol; none: their names are listed")
    private String message;

    @Option(
            names = "--fingerprint",
            description = "Print only the 8 bytes that follow C3 01 in a record, in hexadecimal")
    private boolean fingerprint;

    @Option(
            names = "--asyncapi",
            description = "Print all topics, messages and headers as an AsyncAPI 3.0 document, in JSON")
    private boolean asyncApi;

    @Override
    public Integer call() {
        try {
            print();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void print() {
        if (asyncApi) {
            if (message != null || fingerprint) {
                throw new IllegalArgumentException("--asyncapi prints all messages; leave out %s"
                        .formatted(message == null ? "--fingerprint" : message));
            }
            print(AsyncApi.of(Topics.standard()));
            return;
        }
        if (message == null) {
            SCHEMAS.forEach(schema -> print("%s  %s".formatted(fingerprint(schema), schema.getName())));
            return;
        }
        Schema schema = SCHEMAS.stream()
                .filter(candidate -> candidate.getName().equals(message))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown message '%s'; known are %s"
                        .formatted(
                                message, SCHEMAS.stream().map(Schema::getName).collect(Collectors.joining(", ")))));
        print(fingerprint ? fingerprint(schema) : schema.toString(true));
    }

    /** CRC-64-AVRO of the parsing canonical form, little-endian as on the wire. */
    private static String fingerprint(Schema schema) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(SchemaNormalization.parsingFingerprint64(schema));
        return HexFormat.of().formatHex(bytes.array());
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
