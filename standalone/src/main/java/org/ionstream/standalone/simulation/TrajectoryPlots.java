package org.ionstream.standalone.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.standalone.evaluation.TracePlot;
import org.ionstream.standalone.plot.TerminalPlot;

/** An answer's trajectories drawn, in a terminal or as files. */
public final class TrajectoryPlots {
    private TrajectoryPlots() {}

    /** The potential, or the first variable that was asked for; nothing if there is no trajectory. */
    public static List<String> lines(Answer answer) {
        List<TerminalPlot.Curve> curves = new ArrayList<>();
        CellModel model = stimulus(answer).cellModel();
        List<String> wanted = answer.protocol().getVariables();
        String potential = model.excitability().potential();
        String name = wanted.isEmpty() || wanted.contains(potential) ? potential : wanted.get(0);
        answer.solved().ifPresent(traces -> curves.add(new TerminalPlot.Curve("reference", '*', traces.of(name))));
        answer.predicted().ifPresent(traces -> curves.add(new TerminalPlot.Curve("surrogate", 'o', traces.of(name))));
        if (curves.isEmpty()) {
            return List.of();
        }
        StateVariable variable = model.variable(name).orElseThrow();
        return new TerminalPlot(
                        "%s (%s)".formatted(name, variable.unit()),
                        answer.protocol().getHorizonMs(),
                        curves)
                .lines();
    }

    /**
     * PNG and SVG, named after the protocol's id.
     *
     * @return the files; none if there is no trajectory
     */
    public static List<Path> write(Answer answer, Path folder) {
        Stimulus stimulus = stimulus(answer);
        Traces solved = answer.solved().orElse(null);
        Traces predicted = answer.predicted().orElse(null);
        if (solved == null && predicted == null) {
            return List.of();
        }
        String id = stimulus.id();
        TracePlot.Column column = new TracePlot.Column(id, solved, predicted, stimulus.cellMeans(stimulus.grid()));
        return TracePlot.of(stimulus.cellModel().id(), stimulus.cellModel(), List.of(column))
                .write(folder, id.replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    private static Stimulus stimulus(Answer answer) {
        return Stimulus.of(answer.protocol());
    }
}
