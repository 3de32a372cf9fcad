package org.ionstream.schemas.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.Trajectory;

/**
 * State variables over time, the unpacked form of {@link Trajectory}.
 *
 * @param grid sample times
 * @param variables names, one per row of {@code values}
 * @param values shape [variable][sample], in each variable's unit
 */
public record Traces(TimeGrid grid, List<String> variables, float[][] values) {
    public Traces {
        variables = List.copyOf(variables);
        if (values.length != variables.size()) {
            throw new IllegalArgumentException("%d traces for %d variables".formatted(values.length, variables.size()));
        }
        for (float[] row : values) {
            if (row.length != grid.samples()) {
                throw new IllegalArgumentException(
                        "a trace of %d samples on a grid of %d".formatted(row.length, grid.samples()));
            }
        }
    }

    public float[] of(String variable) {
        int row = variables.indexOf(variable);
        if (row < 0) {
            throw new IllegalArgumentException("no variable '%s' among %s".formatted(variable, variables));
        }
        return values[row];
    }

    /** Only the named variables, in the order named; all of them if none is named. */
    public Traces select(List<String> wanted) {
        return wanted.isEmpty()
                ? this
                : new Traces(grid, wanted, wanted.stream().map(this::of).toArray(float[][]::new));
    }

    /** Cubic (Catmull-Rom) interpolation onto another grid; times beyond the last sample take its value. */
    public Traces resample(TimeGrid target) {
        if (target.stepMs() == grid.stepMs() && target.samples() <= grid.samples()) {
            return target.samples() == grid.samples() ? this : head(target);
        }
        float[][] resampled = new float[values.length][target.samples()];
        for (int sample = 0; sample < target.samples(); sample++) {
            double position = Math.min(target.timeMs(sample) / grid.stepMs(), grid.samples() - 1);
            int left = (int) Math.floor(position);
            float fraction = (float) (position - left);
            for (int row = 0; row < values.length; row++) {
                resampled[row][sample] = cubic(values[row], left, fraction);
            }
        }
        return new Traces(target, variables, resampled);
    }

    public boolean isFinite() {
        for (float[] row : values) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    public Trajectory toMessage() {
        return new Trajectory(
                grid.stepMs(), grid.samples(), variables, ArrayEncoding.F32_LE_SHUFFLED, ShuffledFloats.encode(values));
    }

    /** @throws UnreadableMessageException if the bytes do not fit the shape or the encoding is unknown */
    public static Traces of(Trajectory message) {
        int rows = message.getVariables().size();
        int columns = message.getSamples();
        ByteBuffer bytes = message.getValues();
        double stepMs = message.getStepMs();
        if (!(stepMs > 0) || Double.isInfinite(stepMs)) {
            throw new UnreadableMessageException("trajectory with step %s ms; it must be above 0".formatted(stepMs));
        }
        if (rows < 1 || columns < 1 || bytes.remaining() != 4L * rows * columns) {
            throw new UnreadableMessageException(
                    "trajectory of %d variables x %d samples needs %d bytes, has %d; check the sender's encoding"
                            .formatted(rows, columns, 4L * rows * columns, bytes.remaining()));
        }
        float[][] values = switch (message.getEncoding()) {
            case F32_LE_SHUFFLED -> ShuffledFloats.decode(bytes, rows, columns);
            case F32_LE -> plain(bytes, rows, columns);
            case UNKNOWN ->
                throw new UnreadableMessageException(
                        "trajectory in an encoding newer than this reader; update the reader");
        };
        return new Traces(new TimeGrid(stepMs, columns), message.getVariables(), values);
    }

    private Traces head(TimeGrid target) {
        float[][] head = new float[values.length][];
        for (int row = 0; row < values.length; row++) {
            head[row] = Arrays.copyOf(values[row], target.samples());
        }
        return new Traces(target, variables, head);
    }

    /** Beyond either end the row goes on as the parabola through its last three samples. */
    private static float cubic(float[] row, int left, float fraction) {
        int last = row.length - 1;
        float from = row[left];
        float to = row[Math.min(last, left + 1)];
        float before = left > 0 ? row[left - 1] : beyond(row, 0, 1);
        float after = left + 2 <= last ? row[left + 2] : beyond(row, last, -1);
        float linear = 0.5f * (to - before);
        float quadratic = before - 2.5f * from + 2 * to - 0.5f * after;
        float third = 0.5f * (after - before) + 1.5f * (from - to);
        return ((third * fraction + quadratic) * fraction + linear) * fraction + from;
    }

    private static float beyond(float[] row, int end, int inward) {
        return row.length < 3 ? row[end] : 3 * row[end] - 3 * row[end + inward] + row[end + 2 * inward];
    }

    private static float[][] plain(ByteBuffer bytes, int rows, int columns) {
        var floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            floats.get(row);
        }
        return values;
    }
}
