package org.ionstream.standalone;

import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.tuning.HyperparameterSpace;
import org.ionstream.trainer.tuning.StudyPlan;
import org.ionstream.trainer.tuning.StudyPlan.Method;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;

/** Trials of a network that trains in a moment. */
final class TinyStudy {
    private TinyStudy() {}

    static StudyPlan plan(int trials, SuccessiveHalving halving) {
        FnoArchitecture architecture = FnoArchitecture.paper(8, 4, 1, FourierLayer.CLASSIC, Activation.RELU, 0, 2);
        TrainingSettings training = new TrainingSettings(8, 100, 1e-3, 0.1, 1e-4, 10, 10, 3, 1);
        Recipe whole = new Recipe(architecture, training, 4_000, 5, 1, 1260, false, null);
        return new StudyPlan(
                CellModels.FITZHUGH_NAGUMO_1961.id(),
                StudyPlan.trialRecipe(whole, halving, 24, 40),
                HyperparameterSpace.PAPER,
                Method.TPE,
                trials,
                1,
                halving,
                6_000);
    }
}
