package org.ionstream.trainer.fno;

import java.util.function.Function;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * Reads a network back from its ONNX file: the file in the log is the only form in which a champion is kept, and what
 * fine-tuning starts from.
 *
 * @param parameters bit for bit those exported
 * @param normalisation on the grid of the file
 */
public record OnnxImport(FnoParameters parameters, Normalisation normalisation) {

    /**
     * @param architecture from the file's recipe
     * @param grid from the file's card
     * @param initializers constant by name, null if there is none
     * @throws IllegalArgumentException if a constant is missing or has another size: not a network of this project
     */
    public static OnnxImport read(FnoArchitecture architecture, TimeGrid grid, Function<String, float[]> initializers) {
        Constants constants = new Constants(initializers);
        FnoParameters parameters = FnoParameters.zero(architecture);
        for (FnoParameters.Part part : parameters.parts()) {
            parameters.set(part.name(), constants.parameter(part, architecture.width()));
        }
        int variables = architecture.variables();
        return new OnnxImport(
                parameters,
                new Normalisation(
                        grid,
                        constants.get(OnnxNames.CURRENT_SCALE, 1)[0],
                        constants.byVariable(OnnxNames.MEAN, variables, grid.samples()),
                        constants.byVariable(OnnxNames.DEVIATION, variables, grid.samples())));
    }

    private record Constants(Function<String, float[]> initializers) {

        float[] get(String name, int size) {
            float[] values = initializers.apply(name);
            if (values == null || values.length != size) {
                throw new IllegalArgumentException(
                        "constant %s has %s numbers, %d are needed; the file was not exported by this trainer"
                                .formatted(name, values == null ? "no" : Integer.toString(values.length), size));
            }
            return values;
        }

        float[] parameter(FnoParameters.Part part, int width) {
            String name = part.name();
            if (name.equals("lift.0.weight") || name.equals(FnoParameters.PROJECTED_INPUTS)) {
                return ofInputs(OnnxNames.stem(name), part.shape()[0], part.shape()[1] - 1);
            }
            if (name.endsWith(".real")) {
                return block(name.replace(".real", OnnxNames.MIXING), part.shape()[0], width, 0);
            }
            if (name.endsWith(".imaginary")) {
                return block(name.replace(".imaginary", OnnxNames.MIXING), part.shape()[0], width, width);
            }
            float[] values = get(name, part.size());
            return part.shape().length == 2 ? OnnxExport.transposed(values, part.shape()[1], part.shape()[0]) : values;
        }

        double[][] byVariable(String name, int variables, int samples) {
            float[] values = get(name, variables * samples);
            double[][] rows = new double[variables][samples];
            for (int i = 0; i < values.length; i++) {
                rows[i % variables][i / variables] = values[i];
            }
            return rows;
        }

        /** The upper row of blocks is [real, imaginary]. */
        private float[] block(String name, int modes, int width, int column) {
            float[] blocks = get(name, modes * 4 * width * width);
            float[] values = new float[modes * width * width];
            for (int mode = 0; mode < modes; mode++) {
                for (int in = 0; in < width; in++) {
                    System.arraycopy(
                            blocks,
                            (mode * 2 * width + in) * 2 * width + column,
                            values,
                            (mode * width + in) * width,
                            width);
                }
            }
            return values;
        }

        private float[] ofInputs(String name, int hidden, int channels) {
            float[] ofTime = get(name + OnnxNames.OF_TIME, hidden);
            float[] ofSeen = get(name + OnnxNames.OF_CURRENT, channels * hidden);
            float[] values = new float[hidden * (1 + channels)];
            for (int out = 0; out < hidden; out++) {
                values[out * (1 + channels)] = ofTime[out];
                for (int channel = 0; channel < channels; channel++) {
                    values[out * (1 + channels) + 1 + channel] = ofSeen[channel * hidden + out];
                }
            }
            return values;
        }
    }
}
