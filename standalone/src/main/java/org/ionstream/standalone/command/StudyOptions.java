package org.ionstream.standalone.command;

import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.release.Recipes;
import org.ionstream.trainer.tuning.HyperparameterSpace;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;
import picocli.CommandLine.Option;

/** What a study searches, and how. */
final class StudyOptions {
    @Option(
            names = "--trials",
            defaultValue = "50",
            description = "In all, the first included. Default: ${DEFAULT-VALUE}")
    private int trials;

    @Option(names = "--seed", defaultValue = "1", description = "Of the search. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "champion",
            description =
                    "Of the first trial; the others have from it what is not searched: champion, paper-constrained or "
                            + "paper-unconstrained. Default: ${DEFAULT-VALUE}")
    private String recipe;

    @Option(
            names = "--space",
            paramLabel = "NAME",
            defaultValue = "paper",
            description =
                    "paper, or logarithmic: the same ranges, learning rate and weight decay on a logarithmic scale. "
                            + "Default: ${DEFAULT-VALUE}")
    private String space;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "tpe",
            description = "tpe, or random for comparison. Default: ${DEFAULT-VALUE}")
    private String method;

    @Option(
            names = "--largest-parameters",
            paramLabel = "COUNT",
            defaultValue = "0",
            description =
                    "Trainable numbers of a network at most: each has as many modes as fit; 0: any number, and modes are "
                            + "searched. Default: ${DEFAULT-VALUE}")
    private long largestParameters;

    @Option(
            names = "--least-steps",
            defaultValue = "250",
            description = "That every trial is trained. Default: ${DEFAULT-VALUE}")
    private int leastSteps;

    @Option(
            names = "--eta",
            defaultValue = "4",
            description = "One of so many goes on to the next rung, and is trained so many times as long. "
                    + "Default: ${DEFAULT-VALUE}")
    private int eta;

    @Option(names = "--rungs", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}, as in the paper")
    private int rungs;

    @Option(
            names = "--protocols",
            defaultValue = "1000",
            description = "To train on, of the paper's training distribution. Default: ${DEFAULT-VALUE}")
    private int protocols;

    @Option(names = "--samples", defaultValue = "0", description = "Of the training grid; 0: the recipe's")
    private int samples;

    /** @throws IllegalArgumentException naming the bad value */
    StudyPlan plan(String cellModel) {
        if (cellModel == null) {
            throw new IllegalArgumentException("--cell-model is missing, e.g. --cell-model=fitzhugh-nagumo-1961");
        }
        CellModel model = CellModels.byId(cellModel);
        SuccessiveHalving halving = new SuccessiveHalving(leastSteps, eta, rungs);
        Recipe base = StudyPlan.trialRecipe(
                Choice.of(Recipes.class, "--recipe", recipe).of(model), halving, protocols, samples);
        StudyPlan plan = new StudyPlan(
                cellModel,
                base,
                Choice.of(HyperparameterSpace.class, "--space", space),
                Choice.of(StudyPlan.Method.class, "--method", method),
                trials,
                seed,
                halving,
                largestParameters);
        plan.begin(); // what is wrong with it comes out before a broker is started
        return plan;
    }

    String defaultName(String cellModel) {
        return "%s-seed-%d".formatted(cellModel, seed);
    }
}
