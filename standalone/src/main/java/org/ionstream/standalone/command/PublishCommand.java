package org.ionstream.standalone.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.ionstream.producer.ProtocolPublisher;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.pacing.PacingDistribution;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes stimulus protocols: drawn from a distribution, or read from a file. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Publishes stimulus protocols, to be answered with trajectories.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream publish --cell-model=fitzhugh-nagumo-1961 --rate=50 --count=1000",
            "  ionstream publish --from=protocols.csv --route=BOTH",
            "  my-protocols-as-json-lines | ionstream publish --from=-",
            "  ionstream publish --cell-model=ohara-rudy-2011 --stim-curr=40 --stim-dur=1 --stim-start=10",
            "  ionstream publish --cell-model=ohara-rudy-2011 --from=protocol.mmt --level=40",
            "",
            "A JSON line has the fields of the schema (ionstream schema StimulusProtocol);",
            "all but cellModel may be left out. A pulse on a cell with other parameters",
            "(ionstream cells ID names them) and another start, in one line:",
            "  {\"cellModel\":\"ohara-rudy-2011\",\"pulses\":[{\"durationMs\":2,\"amplitude\":30}],",
            "  \"variant\":\"epicardial\",\"parameters\":{\"GKr_scale\":0.5,\"K_o\":8},",
            "  \"publishedState\":\"code\",\"initialState\":{\"Na_i\":9}}",
            "A CSV row is a pulse: id,cell_model,onset_ms,duration_ms,amplitude and, if",
            "wanted, horizon_ms,output_step_ms,route,relative_l2_wanted,variant,parameters,",
            "published_state,initial_state, with parameters written as GKr_scale=0.5 K_o=8"
        })
public final class PublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "paper",
            description = "paper: single pulses as in the data sets of the FNO paper; pacing: pulse trains and S1-S2; "
                    + "a file; or - for standard input. Default: ${DEFAULT-VALUE}")
    private String from;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            description = "Cell model of protocols that name none, e.g. hodgkin-huxley-1952")
    private String cellModel;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of the random numbers of paper and pacing. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private ProtocolOptions protocols;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "0",
            description = "Protocols per second; 0: as fast as possible. Default: ${DEFAULT-VALUE}")
    private double protocolsPerSecond;

    @Option(
            names = "--count",
            defaultValue = "0",
            description = "Of protocols; 0: to the end of the file, or until interrupted. Default: ${DEFAULT-VALUE}")
    private long count;

    @Option(
            names = "--route",
            description = "Who may answer: AUTO, SURROGATE, REFERENCE or BOTH. Default: as in the file, else AUTO")
    private String route;

    @Option(
            names = "--relative-l2",
            paramLabel = "X",
            description =
                    "Largest relative L2 error that is accepted, e.g. 0.02: what the surrogate cannot hold is answered "
                            + "by the reference. Default: as in the file, else any")
    private Double relativeL2;

    @Option(
            names = "--in-flight",
            defaultValue = "1000",
            description = "Most protocols sent and not yet acknowledged. Default: ${DEFAULT-VALUE}")
    private int mostInFlight;

    @Option(
            names = "--send-invalid",
            description = "Also send protocols that break a rule; they end on the dead-letter topic")
    private boolean sendInvalid;

    @Override
    public Integer call() {
        try {
            publish();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void publish() {
        var settings = new ProtocolPublisher.Settings(protocolsPerSecond, count, mostInFlight, !sendInvalid);
        long start = System.nanoTime();
        try (ProtocolSource source = routed(source());
                ProtocolPublisher publisher = new ProtocolPublisher(kafka.settings(), kafka.topics(), settings);
                BeforeExit beforeExit = new BeforeExit(publisher::stop)) {
            long published = publisher.publish(source);
            double seconds = (System.nanoTime() - start) / 1e9;
            spec.commandLine()
                    .getErr()
                    .printf(
                            "published %d protocols in %.1f s (%.0f per second)%n",
                            published, seconds, published / seconds);
        }
    }

    private ProtocolSource source() {
        String runPrefix = "run-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        if (!protocols.areWritten() && from.equals("paper")) {
            return PaperDistribution.of(cellModel()).endless(seed, runPrefix);
        }
        if (!protocols.areWritten() && from.equals("pacing")) {
            return PacingDistribution.of(cellModel()).endless(seed, runPrefix);
        }
        CellModel unnamed = cellModel == null ? null : CellModels.byId(cellModel);
        return protocols.source(from, unnamed, runPrefix, !sendInvalid);
    }

    private ProtocolSource routed(ProtocolSource source) {
        if (route == null && relativeL2 == null) {
            return source;
        }
        Optional<Route> chosen = Optional.ofNullable(route).map(text -> Choice.of(Route.class, "--route", text));
        return source.map(protocol -> StimulusProtocol.newBuilder(protocol)
                .setRoute(chosen.orElse(protocol.getRoute()))
                .setRelativeL2Wanted(relativeL2 == null ? protocol.getRelativeL2Wanted() : relativeL2)
                .build());
    }

    private CellModel cellModel() {
        if (cellModel == null) {
            throw new IllegalArgumentException(
                    "--from=%s needs --cell-model; give one of %s".formatted(from, CellModels.knownIds()));
        }
        return CellModels.byId(cellModel);
    }
}
