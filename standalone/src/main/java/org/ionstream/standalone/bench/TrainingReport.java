package org.ionstream.standalone.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.standalone.machine.Machine;

/**
 * Everything the bench of training has to say.
 *
 * @param machine it ran on, when it began
 * @param settings of the run
 * @param anchorFault why there is no anchor; null if there is one
 * @param cellModels in the order measured
 * @param memory over many steps
 */
public record TrainingReport(
        Machine machine,
        TrainingBench.Settings settings,
        String anchorFault,
        List<TrainingBench.Result> cellModels,
        List<TrainingMemory.Look> memory) {

    /** @param python interpreter for the anchor */
    public static TrainingReport measure(
            TrainingBench.Settings settings,
            List<CellModel> cellModels,
            String python,
            int memorySteps,
            Progress progress) {
        Machine machine = Machine.here();
        EagerFno eager = new EagerFno(python);
        Optional<String> fault = eager.fault();
        TrainingBench bench =
                new TrainingBench(settings, fault.isEmpty() ? Optional.of(eager) : Optional.empty(), progress);
        return new TrainingReport(
                machine,
                settings,
                fault.orElse(null),
                cellModels.stream().map(bench::measure).toList(),
                memorySteps == 0 ? List.of() : TrainingMemory.over(memorySteps));
    }

    /** For people. */
    public void print(PrintWriter out) {
        out.println(
                "Training steps of the paper's constrained networks beside PyTorch eager, complex einsum with rfft");
        out.println();
        out.printf(
                "machine    %s, %d processors, %s; load average %.1f at the start%n",
                machine.processor(), machine.processors(), machine.operatingSystem(), machine.loadAverage());
        out.printf(
                "threads    %d of either; %d rounds of %d steps after one to warm up; median (lowest to highest)%n",
                settings.threads(), settings.rounds(), TrainingBench.STEPS_PER_ROUND);
        if (anchorFault != null) {
            out.printf("anchor     not measured: %s; give --python an interpreter that has torch%n", anchorFault);
        }
        out.println();
        out.printf(
                "%-22s %10s %8s %6s %12s %-18s %12s %-18s %7s%n",
                "", "parameters", "samples", "batch", "s per epoch", "", "eager", "", "ratio");
        cellModels.forEach(result -> print(out, result));
        if (!memory.isEmpty()) {
            out.println();
            out.println("resident memory of the process over the steps of a small network");
            memory.forEach(look -> out.printf("%,10d steps %8.0f MiB%n", look.step(), look.residentMiB()));
        }
        out.flush();
    }

    private static void print(PrintWriter out, TrainingBench.Result result) {
        Spread ours = result.secondsPerStep();
        Spread eager = result.eagerSecondsPerStep();
        out.printf(
                "%-22s %,10d %8d %6d %12.1f %-18s %12s %-18s %7s%n",
                result.cellModel(),
                result.parameters(),
                result.samples(),
                result.batch(),
                ours.median() * result.stepsPerEpoch(),
                range(ours, result),
                eager == null ? "-" : "%.1f".formatted(eager.median() * result.stepsPerEpoch()),
                eager == null ? "" : range(eager, result),
                eager == null ? "-" : "%.2f".formatted(eager.median() / ours.median()));
    }

    private static String range(Spread spread, TrainingBench.Result result) {
        return "(%.1f to %.1f)"
                .formatted(spread.lowest() * result.stepsPerEpoch(), spread.highest() * result.stepsPerEpoch());
    }
}
