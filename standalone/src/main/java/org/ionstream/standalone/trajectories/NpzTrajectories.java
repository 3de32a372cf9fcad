package org.ionstream.standalone.trajectories;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/**
 * Arrays of NumPy, read by {@code numpy.load}: {@code trajectory} float32 [protocol, variable, sample], {@code t_ms} float64
 * [sample], {@code variable}, {@code id}, {@code source} and {@code cell_model} as text. All trajectories are on one grid. An
 * array says its shape before its numbers, so these lie in a file of their own until the last is there.
 *
 * <p>Format: NEP 1, version 1.0 in a ZIP archive.
 */
final class NpzTrajectories implements TrajectoryFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNED = 64;
    private static final Charset UCS4 = Charset.forName("UTF-32LE");

    private final Path file;
    private final Path numbersFile;
    private final OutputStream numbers;
    private final List<String> ids = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> cellModels = new ArrayList<>();
    private List<String> variables;
    private TimeGrid grid;

    NpzTrajectories(Path file) throws IOException {
        this.file = file;
        this.numbersFile = file.resolveSibling(file.getFileName() + ".numbers");
        this.numbers = new BufferedOutputStream(Files.newOutputStream(numbersFile));
    }

    @Override
    public void add(Prediction prediction, Traces traces, List<String> wanted) throws IOException {
        if (grid == null) {
            grid = traces.grid();
            variables = wanted.isEmpty() ? traces.variables() : List.copyOf(wanted);
        }
        TrajectoryFormat.check(prediction, traces, variables);
        if (!traces.grid().equals(grid)) {
            throw new IllegalArgumentException(
                    "prediction '%s' has %d samples of %s ms, the file %d of %s ms: an array has one grid; choose one cell model, or .parquet or .csv"
                            .formatted(
                                    prediction.getId(),
                                    traces.grid().samples(),
                                    traces.grid().stepMs(),
                                    grid.samples(),
                                    grid.stepMs()));
        }
        for (String variable : variables) {
            ByteBuffer row = littleEndian(Float.BYTES * grid.samples());
            row.asFloatBuffer().put(traces.of(variable));
            numbers.write(row.array());
        }
        ids.add(prediction.getId());
        sources.add(prediction.getSource().name());
        cellModels.add(prediction.getCellModel());
    }

    @Override
    public void close() throws IOException {
        numbers.close();
        try {
            if (grid != null) {
                write();
            }
        } finally {
            Files.delete(numbersFile);
        }
    }

    private void write() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            array(zip, "trajectory", "<f4", List.of(ids.size(), variables.size(), grid.samples()));
            Files.copy(numbersFile, zip);
            array(zip, "t_ms", "<f8", List.of(grid.samples()));
            ByteBuffer times = littleEndian(Double.BYTES * grid.samples());
            IntStream.range(0, grid.samples()).mapToDouble(grid::timeMs).forEach(times::putDouble);
            zip.write(times.array());
            texts(zip, "variable", variables);
            texts(zip, "id", ids);
            texts(zip, "source", sources);
            texts(zip, "cell_model", cellModels);
        }
    }

    private static void texts(ZipOutputStream zip, String name, List<String> texts) throws IOException {
        int longest = texts.stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .max()
                .orElse(0);
        int width = Math.max(1, longest);
        array(zip, name, "<U" + width, List.of(texts.size()));
        for (String text : texts) {
            byte[] bytes = text.getBytes(UCS4);
            zip.write(bytes);
            zip.write(new byte[Integer.BYTES * width - bytes.length]);
        }
    }

    /** Begins the entry of an array; its numbers follow. */
    private static void array(ZipOutputStream zip, String name, String type, List<Integer> shape) throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        StringBuilder header = new StringBuilder("{'descr': '%s', 'fortran_order': False, 'shape': (".formatted(type));
        shape.forEach(length -> header.append(length).append(", "));
        header.append("), }");
        int written = MAGIC.length + Short.BYTES + header.length() + 1;
        header.append(" ".repeat(Math.floorMod(-written, ALIGNED))).append('\n');
        DataOutputStream out = new DataOutputStream(zip);
        out.write(MAGIC);
        out.writeShort(Short.reverseBytes((short) header.length()));
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
