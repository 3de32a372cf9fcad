package org.ionstream.surrogate.trust;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.schemas.wire.ShuffledFloats;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;

/**
 * What errors a model is expected to make, protocol by protocol: the errors it made on the calibration protocols that are most
 * like this one, times a factor under which the wanted share of other held-out protocols stayed. That is split conformal
 * prediction with a normalised score (Papadopoulos, Gammerman and Vovk 2008, "Normalized nonconformity measures for regression
 * conformal prediction"): the coverage holds on average over protocols like the calibration's, whatever the errors look like; the
 * neighbours make the band narrow where the model is good. Immutable, thread-safe.
 */
public final class CalibratedErrors {
    /** Of the range of the calibration protocols' features: others of the same distribution go a little beyond it. */
    private static final double MARGIN = 0.02;

    private static final int MOST_PROTOCOLS = 20_000;

    private final Calibration calibration;
    private final CellModel cellModel;
    private final ModelCard card;
    private final int[] columns;
    private final Neighbours neighbours;
    private final float[][] logErrors;
    /** Of the neighbours, by feature of the current. */
    private final double[] lowest = new double[Feature.OF_CURRENT.size()];

    private final double[] highest = new double[Feature.OF_CURRENT.size()];

    /**
     * As the file says.
     *
     * @return empty: the file has no calibration
     * @throws UnusableModelException if the calibration is none of such a model
     */
    public static Optional<CalibratedErrors> of(OnnxModelFile file) {
        return file.calibration().map(calibration -> new CalibratedErrors(calibration, file.card()));
    }

    /** @throws UnusableModelException if this is not a calibration of such a model */
    public CalibratedErrors(Calibration calibration, ModelCard card) {
        this.calibration = calibration;
        this.card = card;
        this.cellModel = CellModels.byId(card.cellModel());
        List<String> known = Arrays.stream(Feature.values()).map(Feature::name).toList();
        this.columns =
                calibration.getFeatures().stream().mapToInt(known::indexOf).toArray();
        int variables = card.variables().size();
        int protocols = calibration.getLogErrors().remaining() / (Float.BYTES * (1 + variables));
        check(protocols, variables);
        float[][] points = ShuffledFloats.decode(calibration.getNeighbours(), protocols, columns.length);
        this.logErrors = ShuffledFloats.decode(calibration.getLogErrors(), protocols, 1 + variables);
        checkNumbers(points);
        this.neighbours = new Neighbours(points);
        for (int column = 0; column < lowest.length; column++) {
            DoubleSummaryStatistics range =
                    Arrays.stream(neighbours.feature(column)).summaryStatistics();
            lowest[column] = range.getMin();
            highest[column] = range.getMax();
        }
    }

    private void check(int protocols, int variables) {
        List<String> ofCurrent = Feature.OF_CURRENT.stream().map(Feature::name).toList();
        boolean fits = protocols >= 1
                && protocols <= MOST_PROTOCOLS
                && Set.copyOf(calibration.getFeatures()).size() == columns.length
                && Arrays.stream(columns).allMatch(column -> column >= 0)
                && calibration.getNearest() >= 1
                && calibration.getNearest() <= protocols
                && calibration.getStreamed() >= 0
                && calibration.getStreamed() <= protocols
                && calibration.getLogErrors().remaining() == Float.BYTES * protocols * (1 + variables)
                && calibration.getNeighbours().remaining() == Float.BYTES * protocols * columns.length
                && calibration.getCentres().size() == columns.length
                && calibration.getScales().size() == columns.length
                && calibration.getRadiusScores().size() == variables
                && calibration.getFeatures().size() >= ofCurrent.size()
                && calibration.getFeatures().subList(0, ofCurrent.size()).equals(ofCurrent);
        if (!fits) {
            throw new UnusableModelException(
                    "the calibration of model %s does not fit it: %d protocols, features %s, %d radii for %d variables; calibrate it again"
                            .formatted(
                                    card.modelId(),
                                    protocols,
                                    calibration.getFeatures(),
                                    calibration.getRadiusScores().size(),
                                    variables));
        }
    }

    /** What is not a number would make every protocol look alike, what is not positive would make every error look small. */
    private void checkNumbers(float[][] points) {
        boolean sound = calibration.getCoverage() > 0
                && calibration.getCoverage() < 1
                && calibration.getFarthest() >= 0
                && isPositive(calibration.getBoundScore())
                && calibration.getRadiusScores().stream().allMatch(CalibratedErrors::isPositive)
                && calibration.getScales().stream().allMatch(CalibratedErrors::isPositive)
                && calibration.getCentres().stream().allMatch(Double::isFinite)
                && areFinite(points)
                && areFinite(logErrors);
        if (!sound) {
            throw new UnusableModelException(
                    "the calibration of model %s has numbers that are not finite, or scores that are not positive; calibrate it again"
                            .formatted(card.modelId()));
        }
    }

    private static boolean isPositive(double number) {
        return number > 0 && Double.isFinite(number);
    }

    private static boolean areFinite(float[][] rows) {
        for (float[] row : rows) {
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How the protocols of the stream that the model is for are distributed. */
    public List<InputHistogram> inputs() {
        return InputHistograms.of(calibration);
    }

    public double coverage() {
        return calibration.getCoverage();
    }

    /** From the current to the calibration protocols most like it, in scaled features. */
    public double distance(float[] current) {
        return neighbours.nearest(ofCurrent(current), calibration.getNearest()).distance();
    }

    /**
     * Why the model has nothing to go by, with the numbers: a feature beyond those of all calibration protocols, or a combination
     * that is unlike any of them. Empty if the protocol is in range.
     */
    public Optional<String> outOfRange(float[] current) {
        double[] point = ofCurrent(current);
        for (int column = 0; column < point.length; column++) {
            double margin = MARGIN * (highest[column] - lowest[column])
                    + Feature.RESOLUTION / calibration.getScales().get(column);
            if (point[column] < lowest[column] - margin || point[column] > highest[column] + margin) {
                return Optional.of("%s is %s the protocols that model %s is calibrated on"
                        .formatted(
                                Feature.OF_CURRENT.get(column).description(),
                                point[column] < lowest[column] ? "below that of" : "above that of",
                                card.modelId()));
            }
        }
        double distance = neighbours.nearest(point, calibration.getNearest()).distance();
        return distance <= calibration.getFarthest()
                ? Optional.empty()
                : Optional.of("the protocols that model %s is calibrated on are %.3g away, more than %.3g"
                        .formatted(card.modelId(), distance, calibration.getFarthest()));
    }

    private double[] ofCurrent(float[] current) {
        return scaled(Feature.ofCurrent(current, card.grid()), Feature.OF_CURRENT.size());
    }

    /**
     * @param current the network's input
     * @param predicted its output, shape [variable][sample]
     */
    public Assessment assess(float[] current, float[][] predicted) {
        double[] point = scaled(Feature.of(current, card.grid(), predicted, cellModel), columns.length);
        int[] nearest = neighbours.nearest(point, calibration.getNearest()).protocols();
        double[] expected = new double[logErrors[0].length];
        for (int protocol : nearest) {
            for (int column = 0; column < expected.length; column++) {
                expected[column] += logErrors[protocol][column] / nearest.length;
            }
        }
        double[] radii = new double[expected.length - 1];
        for (int variable = 0; variable < radii.length; variable++) {
            radii[variable] = calibration.getRadiusScores().get(variable) * Math.exp(expected[variable + 1]);
        }
        double relativeL2 = Math.exp(expected[0]);
        return new Assessment(relativeL2, calibration.getBoundScore() * relativeL2, radii);
    }

    private double[] scaled(double[] features, int count) {
        double[] point = new double[count];
        for (int i = 0; i < count; i++) {
            point[i] = (features[columns[i]] - calibration.getCentres().get(i))
                    / calibration.getScales().get(i);
        }
        return point;
    }
}
