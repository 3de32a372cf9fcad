package org.ionstream.standalone.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ionstream.standalone.machine.Machine;

/**
 * What a protocol costs each part, measured in one process: what a plan is made from.
 *
 * @param command that measures them
 * @param machine they were measured on
 * @param date ISO
 * @param broker of a whole process, client and broker
 * @param stream from topic to topic
 * @param cellModels one each
 */
public record Costs(
        String command, Machine machine, String date, Broker broker, Stream stream, List<OfCellModel> cellModels) {
    private static final String RESOURCE = "/plan/costs.json";

    public Costs {
        if (broker == null || stream == null || cellModels == null) {
            throw new IllegalArgumentException("parts of the costs are missing; measure them again with bench costs");
        }
    }

    /**
     * @param writtenBytesPerSecond compressed, acknowledged by one broker that shares the machine with its producer
     * @param commitSeconds of one transaction of 32 records, one after the other
     */
    public record Broker(double writtenBytesPerSecond, double commitSeconds) {}

    /**
     * Seconds of a processor for one record from topic to topic: a protocol is read, its answer sent in a transaction.
     *
     * @param stage on the stage's own thread, which does nothing else meanwhile: reading, headers, compression
     * @param client on other threads of the stage's process: the sender's
     * @param broker of the broker, for one copy; the garbage collector of the process that was measured is in it
     */
    public record Stream(Line stage, Line client, Line broker) {}

    /**
     * A straight line.
     *
     * @param perRecord seconds
     * @param perByte seconds for each byte of the answer, as it is on disk
     */
    public record Line(double perRecord, double perByte) {
        /** Through what records of two sizes take; neither part is negative. */
        static Line through(double bytes, double seconds, double moreBytes, double moreSeconds) {
            double perByte = Math.max(0, (moreSeconds - seconds) / (moreBytes - bytes));
            return new Line(Math.max(0, seconds - perByte * bytes), perByte);
        }

        /** Seconds of a record. */
        public double of(double bytes) {
            return perRecord + perByte * bytes;
        }
    }

    /**
     * @param cellModel id
     * @param variables state variables
     * @param samples of a trajectory
     * @param seconds of a processor
     * @param bytes on disk
     */
    public record OfCellModel(String cellModel, int variables, int samples, Seconds seconds, Bytes bytes) {}

    /**
     * Seconds of one processor for one protocol with all of its variables.
     *
     * @param inference the network on the CPU, in batches of 32
     * @param prepare on the surrogate's own thread: means of the current, whether it is in range
     * @param answer all else that the surrogate does, on any of its threads: bands, biomarkers, encoding
     * @param solve the reference
     * @param report the reference's biomarkers and encoding, on the thread that solved
     * @param decode the trainer reads every prediction
     * @param compare the trainer compares an audit
     */
    public record Seconds(
            double inference,
            double prepare,
            double answer,
            double solve,
            double report,
            double decode,
            double compare) {}

    /**
     * Bytes on disk of one record, in batches of 32 compressed by lz4.
     *
     * @param stimulus a protocol
     * @param prediction without its trajectory
     * @param predictionVariable and for each variable wanted
     * @param reference without its trajectory
     * @param referenceVariable and for each variable wanted
     * @param discrepancy of an audit
     */
    public record Bytes(
            double stimulus,
            double prediction,
            double predictionVariable,
            double reference,
            double referenceVariable,
            double discrepancy) {
        /** Of a prediction with so many variables. */
        public double prediction(int variables) {
            return prediction + variables * predictionVariable;
        }

        /** Of a reference with so many variables. */
        public double reference(int variables) {
            return reference + variables * referenceVariable;
        }
    }

    /** Those measured once and kept with the program. */
    public static Costs bundled() {
        try (InputStream file = Costs.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper().readValue(file, Costs.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if the file does not have them */
    public static Costs of(Path file) {
        try {
            return new ObjectMapper().readValue(Files.readAllBytes(file), Costs.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s has no costs (%s); bench costs --format=json writes them".formatted(file, e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException naming those that were measured */
    public OfCellModel of(String cellModel) {
        return cellModels.stream()
                .filter(costs -> costs.cellModel().equals(cellModel))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no costs of %s, only of %s; bench costs --format=json measures those of a cell model with a bundled champion, --costs=FILE gives yours"
                                .formatted(
                                        cellModel,
                                        cellModels.stream()
                                                .map(OfCellModel::cellModel)
                                                .collect(Collectors.joining(", ")))));
    }
}
