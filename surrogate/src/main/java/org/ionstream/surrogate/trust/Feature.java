package org.ionstream.surrogate.trust;

import java.util.Arrays;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * What protocols and their predictions are compared by, each of order 1. Those of the current are known before the network has
 * run; those of the predicted membrane potential tell how close to the threshold of excitation the cell came, where errors
 * are largest.
 */
public enum Feature {
    /** The strongest current, on a logarithmic scale. */
    PEAK_CURRENT("the strongest current"),
    /** Sum of the current, on a logarithmic scale. */
    CHARGE("the charge"),
    /** Of the first current, as a share of the horizon. */
    ONSET("the onset"),
    /** Of the last current, as a share of the horizon. */
    END("the end of the current"),
    /** How often a current begins, on a logarithmic scale. */
    PULSES("the number of pulses"),
    /** Relative to an action potential's, as all potentials here. */
    PEAK_POTENTIAL("the peak potential"),
    /** As a share of the horizon. */
    PEAK_TIME("the time of the peak"),
    LOWEST_POTENTIAL("the lowest potential"),
    MEAN_POTENTIAL("the mean potential"),
    LAST_POTENTIAL("the last potential"),
    /** The largest rise from one sample to the next. */
    UPSTROKE("the upstroke");

    /** Known before the network has run. */
    public static final List<Feature> OF_CURRENT = List.of(PEAK_CURRENT, CHARGE, ONSET, END, PULSES);

    /** Differences below this mean nothing: the scale of a feature that is the same for all protocols. */
    public static final double RESOLUTION = 0.01;

    /** Currents of a tenth of the cell model's unit and less are on a linear scale. */
    private static final double LINEAR_BELOW = 0.1;

    private final String description;

    Feature(String description) {
        this.description = description;
    }

    /** For people. */
    String description() {
        return description;
    }

    /** Their values for one protocol, by ordinal; those of {@link #OF_CURRENT} come first. */
    static double[] ofCurrent(float[] current, TimeGrid grid) {
        double[] values = new double[OF_CURRENT.size()];
        double charge = 0;
        double peak = 0;
        int first = current.length;
        int end = 0;
        int pulses = 0;
        for (int i = 0; i < current.length; i++) {
            charge += current[i];
            peak = Math.abs(current[i]) > Math.abs(peak) ? current[i] : peak;
            if (current[i] != 0) {
                first = Math.min(first, i);
                end = i + 1;
                pulses += i == 0 || current[i - 1] == 0 ? 1 : 0;
            }
        }
        values[PEAK_CURRENT.ordinal()] = logarithmic(peak);
        values[CHARGE.ordinal()] = logarithmic(charge * grid.stepMs());
        values[ONSET.ordinal()] = (double) first / current.length;
        values[END.ordinal()] = (double) end / current.length;
        values[PULSES.ordinal()] = Math.log1p(pulses);
        return values;
    }

    /** @param predicted shape [variable][sample] */
    public static double[] of(float[] current, TimeGrid grid, float[][] predicted, CellModel cellModel) {
        double[] values = Arrays.copyOf(ofCurrent(current, grid), values().length);
        int row = cellModel.variableNames().indexOf(cellModel.excitability().potential());
        float[] potential = predicted[row];
        double excursion = cellModel.variables().get(row).excursion();
        double sum = 0;
        double upstroke = 0;
        int peak = 0;
        int lowest = 0;
        for (int i = 0; i < potential.length; i++) {
            sum += potential[i];
            peak = potential[i] > potential[peak] ? i : peak;
            lowest = potential[i] < potential[lowest] ? i : lowest;
            upstroke = i == 0 ? 0 : Math.max(upstroke, potential[i] - potential[i - 1]);
        }
        values[PEAK_POTENTIAL.ordinal()] = (potential[peak] - potential[0]) / excursion;
        values[PEAK_TIME.ordinal()] = (double) peak / potential.length;
        values[LOWEST_POTENTIAL.ordinal()] = (potential[lowest] - potential[0]) / excursion;
        values[MEAN_POTENTIAL.ordinal()] = (sum / potential.length - potential[0]) / excursion;
        values[LAST_POTENTIAL.ordinal()] = (potential[potential.length - 1] - potential[0]) / excursion;
        values[UPSTROKE.ordinal()] = upstroke / excursion;
        return values;
    }

    private static double logarithmic(double value) {
        return Math.signum(value) * Math.log1p(Math.abs(value) / LINEAR_BELOW);
    }
}
