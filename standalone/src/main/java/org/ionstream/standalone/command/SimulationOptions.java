package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.standalone.simulation.Answer;
import org.ionstream.standalone.simulation.LocalStream;
import org.ionstream.standalone.simulation.TrajectoryPlots;
import org.ionstream.surrogate.fno.OnnxModelFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How protocols are answered in this process, without a broker. */
final class SimulationOptions {
    private static final int AT_ONCE = 32;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Protocols: JSON lines, CSV, Myokit, a current over time; - for standard input")
    private String from;

    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            description = "Cell model of protocols that name none, e.g. ohara-rudy-2011")
    private String cellModel;

    @Option(names = "--model", paramLabel = "FILE", description = "An ONNX file. Default: the bundled champion")
    private Path modelFile;

    @Option(
            names = "--relative-tolerance",
            defaultValue = "1e-6",
            description = "Of the reference solver. Default: ${DEFAULT-VALUE}")
    private double relativeTolerance;

    @Option(
            names = "--variables",
            split = ",",
            paramLabel = "VARIABLE",
            description = "State variables of protocols that name none, comma-separated. Default: all")
    private List<String> variables = List.of();

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Trajectories as PNG and SVG, named after the ids")
    private Path plots;

    /** Null: not given. */
    CellModel cellModel() {
        return cellModel == null ? null : CellModels.byId(cellModel);
    }

    /**
     * Some protocols at a time.
     *
     * @param route of each, whatever it says itself
     */
    void answer(ProtocolOptions protocols, Route route, Consumer<Answer> taken) {
        SolverSettings solver = new SolverSettings(
                relativeTolerance, SolverSettings.LABELS.largestEvaluations(), SolverSettings.LABELS.largestWallMs());
        Set<String> loaded = new HashSet<>();
        try (ProtocolSource source = protocols
                        .source(from, cellModel(), "protocol", true)
                        .map(protocol -> complete(protocol, route));
                LocalStream stream = new LocalStream(solver, Double.POSITIVE_INFINITY)) {
            while (source.hasNext()) {
                List<StimulusProtocol> batch = new ArrayList<>();
                while (batch.size() < AT_ONCE && source.hasNext()) {
                    batch.add(source.next());
                }
                batch.stream()
                        .filter(protocol -> protocol.getRoute() != Route.REFERENCE)
                        .filter(protocol -> loaded.add(protocol.getCellModel()))
                        .forEach(protocol -> stream.load(model(protocol.getCellModel())));
                stream.answer(batch).forEach(taken);
            }
        }
    }

    /** On standard error; nothing if there is no remark. */
    void tellRemark(CommandSpec command, Answer answer) {
        if (!answer.remark().isEmpty()) {
            String by = answer.isPredicted() ? "the surrogate's answer is " : "answered by the reference: ";
            Reporting.tell(command, "%s: %s%s".formatted(answer.protocol().getId(), by, answer.remark()));
        }
    }

    /** If plots are wanted. */
    void plot(CommandSpec command, Answer answer) {
        if (plots != null) {
            TrajectoryPlots.write(answer, plots).forEach(file -> Reporting.tell(command, "written " + file));
        }
    }

    private StimulusProtocol complete(StimulusProtocol protocol, Route route) {
        return StimulusProtocol.newBuilder(protocol)
                .setVariables(protocol.getVariables().isEmpty() ? variables : protocol.getVariables())
                .setRoute(route)
                .build();
    }

    private OnnxModelFile model(String wanted) {
        CellModel model = CellModels.byId(wanted);
        return modelFile == null ? ModelFiles.bundled(model) : ModelFiles.of(modelFile, model);
    }
}
