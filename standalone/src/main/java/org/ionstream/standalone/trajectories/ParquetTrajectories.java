package org.ionstream.standalone.trajectories;

import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.ionstream.schemas.message.Prediction;
import org.ionstream.schemas.wire.Traces;

/** A row per sample: id, cell_model, source, t_ms (double) and the variables (float). Apache Parquet. */
final class ParquetTrajectories implements TrajectoryFormat {
    private final Path file;
    private List<String> variables;
    private ParquetWriter<Row> writer;

    /** A sample of a trajectory. */
    private record Row(Prediction prediction, double timeMs, List<float[]> values, int sample) {}

    ParquetTrajectories(Path file) {
        this.file = file;
    }

    @Override
    public void add(Prediction prediction, Traces traces, List<String> wanted) throws IOException {
        if (writer == null) {
            variables = wanted.isEmpty() ? traces.variables() : List.copyOf(wanted);
            TrajectoryFormat.check(prediction, traces, variables);
            writer = ParquetWriter.writeFile(schema(), file.toFile(), (row, out) -> {
                out.write("id", row.prediction.getId());
                out.write("cell_model", row.prediction.getCellModel());
                out.write("source", row.prediction.getSource().name());
                out.write("t_ms", row.timeMs);
                for (int i = 0; i < variables.size(); i++) {
                    out.write(variables.get(i), row.values.get(i)[row.sample]);
                }
            });
        }
        TrajectoryFormat.check(prediction, traces, variables);
        List<float[]> values = variables.stream().map(traces::of).toList();
        for (int sample = 0; sample < traces.grid().samples(); sample++) {
            writer.write(new Row(prediction, traces.grid().timeMs(sample), values, sample));
        }
    }

    private MessageType schema() {
        List<Type> columns = new ArrayList<>();
        for (String text : List.of("id", "cell_model", "source")) {
            columns.add(Types.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(text));
        }
        columns.add(Types.required(PrimitiveTypeName.DOUBLE).named("t_ms"));
        variables.forEach(
                variable -> columns.add(Types.required(PrimitiveTypeName.FLOAT).named(variable)));
        return new MessageType("trajectories", columns);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
