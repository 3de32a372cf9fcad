package org.ionstream.trainer.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Amplitudes;

/** What a stream of the paper's protocols may become. */
public enum Shifts {
    PULSE_TRAINS("pulse trains and S1-S2"),
    STRONGER_PULSES("amplitudes times 2"),
    /** The references are of a cell that differs from the published one, and the protocols do not say so. */
    OTHER_CELL("a cell with another parameter");

    private static final double STRONGER = 2;

    /** A fifth off its published value: the rate of recovery, the potassium conductance, the rapid delayed rectifier, the slow inward current. */
    private static final Map<String, Map<String, Double>> OTHER_PARAMETERS = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(), Map.of("e", 0.12),
            CellModels.HODGKIN_HUXLEY_1952.id(), Map.of("gK", 43.2),
            CellModels.OHARA_RUDY_2011.id(), Map.of("GKr_scale", 0.8),
            CellModels.BEELER_REUTER_1977.id(), Map.of("g_s", 0.072));

    private final String title;

    Shifts(String title) {
        this.title = title;
    }

    /** For people. */
    public String title(CellModel cellModel) {
        return this == OTHER_CELL ? "a cell with %s".formatted(parameters(cellModel)) : title;
    }

    /** Of the cell that the references are of, unknown to the model; empty: the published one. */
    public Map<String, Double> parameters(CellModel cellModel) {
        return this == OTHER_CELL ? OTHER_PARAMETERS.get(cellModel.id()) : Map.of();
    }

    public List<StimulusProtocol> protocols(CellModel cellModel, long seed, int count) {
        return switch (this) {
            case PULSE_TRAINS -> trains(cellModel, seed, count);
            case STRONGER_PULSES ->
                PaperDistribution.of(cellModel).validation(seed, count).stream()
                        .map(protocol -> Amplitudes.scaled(protocol, STRONGER))
                        .toList();
            case OTHER_CELL -> PaperDistribution.of(cellModel).validation(seed, count);
        };
    }

    private static List<StimulusProtocol> trains(CellModel cellModel, long seed, int count) {
        List<StimulusProtocol> trains = new ArrayList<>(count);
        PacingDistribution.of(cellModel).endless(seed, "shift").limit(count).forEachRemaining(trains::add);
        return trains;
    }
}
