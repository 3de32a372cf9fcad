package org.ionstream.trainer.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.ionstream.producer.PulseRanges;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.wire.TimeGrid;

/**
 * How a data set is made: from the same recipe the same program makes the same file, byte for byte. Travels as JSON in the
 * file's header.
 *
 * @param cellModel catalogue id
 * @param set what it is for; the sets of one seed differ from one another
 * @param origin of the protocols
 * @param seed of the protocols; 0 if they come from a file
 * @param count of protocols
 * @param ranges in place of the origin's own
 * @param stepMs of the trajectories' grid
 * @param samples of the trajectories' grid
 * @param relativeTolerance of the solver
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatasetRecipe(
        String cellModel,
        DatasetRole set,
        DatasetOrigin origin,
        long seed,
        int count,
        PulseRanges ranges,
        double stepMs,
        int samples,
        double relativeTolerance) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** All protocols are drawn before the first is solved; so many take some 500 MB. */
    private static final int LARGEST_COUNT = 1_000_000;

    public DatasetRecipe {
        CellModel model = CellModels.byId(cellModel);
        int mostSamples = ProtocolLimits.DEFAULT.outputSamples();
        if (count < 1 || count > LARGEST_COUNT) {
            throw new IllegalArgumentException(
                    "data set of %d protocols; give 1 to %d".formatted(count, LARGEST_COUNT));
        }
        if (samples < 2 || samples > mostSamples) {
            throw new IllegalArgumentException(
                    "data set of %d samples per trajectory; give 2 to %d".formatted(samples, mostSamples));
        }
        if (!(stepMs > 0) || stepMs * (samples - 1) > model.horizonMs() * (1 + 1e-9)) {
            throw new IllegalArgumentException("data set of %d samples every %s ms; %s ends at %s ms"
                    .formatted(samples, stepMs, cellModel, model.horizonMs()));
        }
        if (set == null || origin == null || ranges == null) {
            throw new IllegalArgumentException(
                    "data set %s of %s with ranges %s; none may be missing".formatted(set, origin, ranges));
        }
        if (origin != DatasetOrigin.PACING && origin != DatasetOrigin.PULSES && !ranges.equals(PulseRanges.NONE)) {
            throw new IllegalArgumentException(
                    "ranges of onset, duration and amplitude are for pacing and pulses; %s has its own"
                            .formatted(origin));
        }
    }

    /**
     * The grid of so many samples per trajectory: the paper's if that has as many, else 0, T/samples, ... over the horizon T.
     */
    public static TimeGrid grid(CellModel cellModel, int samples) {
        TimeGrid paper = PaperGrid.of(cellModel);
        return samples == paper.samples() ? paper : new TimeGrid(cellModel.horizonMs() / samples, samples);
    }

    @JsonIgnore
    public CellModel catalogued() {
        return CellModels.byId(cellModel);
    }

    @JsonIgnore
    public TimeGrid grid() {
        return new TimeGrid(stepMs, samples);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if this is not a recipe */
    static DatasetRecipe fromJson(String json) {
        try {
            return JSON.readValue(json, DatasetRecipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a recipe of a data set: " + e.getOriginalMessage(), e);
        }
    }
}
