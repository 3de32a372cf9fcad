package org.ionstream.standalone.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All figures of an evaluation. */
public final class EvaluationPlots {
    private EvaluationPlots() {}

    /** @return the files written, two for each figure */
    public static List<Path> write(List<Evaluated> models, Path folder) {
        List<Path> files = new ArrayList<>();
        for (Evaluated model : models) {
            ModelReport report = model.report();
            files.addAll(ErrorPlots.norms(report).write(folder, report.cellModel() + "-norms"));
            files.addAll(ErrorPlots.subsets(report).write(folder, report.cellModel() + "-subsets"));
            files.addAll(ErrorPlots.variables(report).write(folder, report.cellModel() + "-variables"));
            files.addAll(TracePlot.of(report, model.examples()).write(folder, report.cellModel() + "-traces"));
        }
        if (models.size() > 1) {
            files.addAll(OverviewPlot.of(models.stream().map(Evaluated::report).toList())
                    .write(folder, "overview"));
        }
        return files;
    }
}
