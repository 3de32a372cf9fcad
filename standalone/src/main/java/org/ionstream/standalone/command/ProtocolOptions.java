package org.ionstream.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.file.FileFormat;
import org.ionstream.producer.file.ProtocolDefaults;
import org.ionstream.producer.file.ProtocolFile;
import org.ionstream.producer.pacing.PacingEvent;
import org.ionstream.producer.pacing.PulseTimeline;
import org.ionstream.producer.pacing.PulseTrain;
import org.ionstream.producer.pacing.Ramp;
import org.ionstream.producer.pacing.S1S2;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The protocol language of the command line: one protocol written in options, or a file of any format. */
final class ProtocolOptions {
    private static final String EVENT = "LEVEL START LENGTH [PERIOD MULTIPLIER]";
    private static final String RAMP = "START LENGTH FROM TO";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--file-format",
            paramLabel = "FORMAT",
            description =
                    "Of the file: json-lines, csv (a row per pulse), myokit ([[protocol]]) or current (columns time,"
                            + "current). Default: as its first line looks")
    private String fileFormat;

    @Option(
            names = {"--horizon-ms", "--duration"},
            paramLabel = "MS",
            description = "Simulated time of protocols that do not say. Default: the cell model's")
    private Double horizonMs;

    @Option(
            names = "--output-step-ms",
            paramLabel = "MS",
            description = "Between samples, of protocols that do not say. Default: the cell model's")
    private Double outputStepMs;

    @Option(
            names = "--level",
            paramLabel = "CURRENT",
            defaultValue = "1",
            description = "What level 1 of an event is, in the cell model's stimulus unit. Default: ${DEFAULT-VALUE}")
    private double currentOfLevelOne;

    @Option(
            names = "--event",
            paramLabel = "\"" + EVENT + "\"",
            converter = NumbersText.class,
            description =
                    "A pulse as in Myokit, in ms; multiplier 0: to the horizon. May be given several times, and with the options below")
    private List<double[]> events = List.of();

    @Option(
            names = "--ramp",
            paramLabel = "\"" + RAMP + "\"",
            converter = NumbersText.class,
            description =
                    "A current that changes linearly, as steps as long as the output's. May be given several times")
    private List<double[]> ramps = List.of();

    @Option(names = "--stim-curr", paramLabel = "CURRENT", description = "Of pulses, in the cell model's stimulus unit")
    private Double stimulusCurrent;

    @Option(
            names = "--stim-dur",
            paramLabel = "MS",
            defaultValue = "1",
            description = "Of each pulse. Default: ${DEFAULT-VALUE}")
    private double stimulusDurationMs;

    @Option(
            names = "--stim-start",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Of the first pulse. Default: ${DEFAULT-VALUE}")
    private double stimulusStartMs;

    @Option(
            names = "--bcl",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "From pulse to pulse. Default: ${DEFAULT-VALUE}")
    private double cycleLengthMs;

    @Option(
            names = "--numstim",
            defaultValue = "1",
            description = "Of pulses; 0: to the horizon. Default: ${DEFAULT-VALUE}")
    private int stimuli;

    @Option(names = "--s2", paramLabel = "MS", description = "One more pulse, so long after the last one began")
    private Double couplingIntervalMs;

    /** Whether options say what is injected. */
    boolean areWritten() {
        return stimulusCurrent != null || !events.isEmpty() || !ramps.isEmpty();
    }

    /**
     * What options say, else what the file has.
     *
     * @param cellModel of protocols that name none; null: there is none
     * @throws IllegalArgumentException if both are given, or neither
     */
    ProtocolSource source(String from, CellModel cellModel, String runPrefix, boolean onlyValid) {
        if (areWritten() && command.commandLine().getParseResult().hasMatchedOption("--from")) {
            throw new IllegalArgumentException("--from=%s and a protocol in options; give one of them".formatted(from));
        }
        ProtocolDefaults defaults = new ProtocolDefaults(cellModel, horizonMs, outputStepMs, currentOfLevelOne);
        if (areWritten()) {
            return ProtocolSource.of(
                    List.of(defaults.protocol(runPrefix + "-1", pulses(defaults).pulses())));
        }
        if (from == null) {
            throw new IllegalArgumentException(
                    "no protocol; give --from=FILE, or --stim-curr, --event or --ramp with --cell-model");
        }
        Optional<FileFormat> format =
                Optional.ofNullable(fileFormat).map(text -> Choice.of(FileFormat.class, "--file-format", text));
        return new ProtocolFile(from, format, runPrefix, onlyValid, defaults).open();
    }

    /** What options say is injected, perhaps nothing, while a trajectory lasts that is there already. */
    StimulusProtocol during(TimeGrid grid, CellModel cellModel, String id) {
        return protocol(new ProtocolDefaults(cellModel, grid.horizonMs(), grid.stepMs(), currentOfLevelOne), id);
    }

    private StimulusProtocol protocol(ProtocolDefaults defaults, String id) {
        return Stimulus.of(defaults.protocol(id, pulses(defaults).pulses())).protocol();
    }

    private PulseTimeline pulses(ProtocolDefaults defaults) {
        CellModel model = defaults.cellModel(null, "the cell model of a protocol in options");
        double horizon = defaults.horizonMs(null, model);
        PulseTimeline timeline = new PulseTimeline();
        for (PacingEvent event : events()) {
            timeline.add(event.pulses(horizon));
        }
        for (double[] numbers : ramps) {
            double[] ramp = NumbersText.checked(numbers, 4, 4, RAMP);
            timeline.add(new Ramp(ramp[0], ramp[1], ramp[2], ramp[3], defaults.outputStepMs(null, model)).pulses());
        }
        if (couplingIntervalMs != null) {
            PulseTrain s1 = new PulseTrain(
                    stimulusStartMs, cycleLengthMs, stimulusDurationMs, required(stimulusCurrent), stimuli);
            timeline.add(new S1S2(s1, couplingIntervalMs, stimulusDurationMs, stimulusCurrent).pulses());
        }
        return timeline;
    }

    private List<PacingEvent> events() {
        List<PacingEvent> all = new ArrayList<>();
        for (double[] numbers : events) {
            double[] event = NumbersText.checked(numbers, 3, 5, EVENT);
            if (event.length == 4 || event.length == 5 && event[4] != Math.rint(event[4])) {
                throw new IllegalArgumentException("an event's period comes with a whole multiplier; write " + EVENT);
            }
            all.add(new PacingEvent(
                            event[0],
                            event[1],
                            event[2],
                            event.length == 5 ? event[3] : 0,
                            event.length == 5 ? (int) event[4] : 0)
                    .scaled(currentOfLevelOne));
        }
        if (stimulusCurrent != null && couplingIntervalMs == null) {
            double period = stimuli == 1 ? 0 : cycleLengthMs;
            all.add(new PacingEvent(stimulusCurrent, stimulusStartMs, stimulusDurationMs, period, stimuli));
        }
        return all;
    }

    private static double required(Double current) {
        if (current == null) {
            throw new IllegalArgumentException("--s2 needs the current of the pulses; give --stim-curr");
        }
        return current;
    }
}
