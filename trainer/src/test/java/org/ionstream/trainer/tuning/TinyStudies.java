package org.ionstream.trainer.tuning;

import java.util.Map;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.fno.Activation;
import org.ionstream.trainer.fno.FnoArchitecture;
import org.ionstream.trainer.fno.FourierLayer;
import org.ionstream.trainer.fno.TrainingSettings;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.tuning.StudyPlan.Method;
import org.ionstream.trainer.tuning.search.SuccessiveHalving;

/** FitzHugh-Nagumo on few protocols and samples, in networks of a few thousand parameters. */
public final class TinyStudies {
    static final CellModel CELL_MODEL = CellModels.FITZHUGH_NAGUMO_1961;
    static final SuccessiveHalving HALVING = new SuccessiveHalving(8, 2, 2);

    private TinyStudies() {}

    /** Begins with a learning rate that is too low. */
    static Recipe recipe() {
        FnoArchitecture architecture = FnoArchitecture.paper(
                8,
                4,
                1,
                FourierLayer.CLASSIC,
                Activation.RELU,
                0,
                CELL_MODEL.variables().size());
        TrainingSettings training = new TrainingSettings(8, 100, 1e-4, 0.1, 1e-4, 10, 10, 3, 1);
        Recipe whole = new Recipe(architecture, training, 4_000, 5, 1, 1260, false, null);
        return StudyPlan.trialRecipe(whole, HALVING, 24, 40).with(Map.of("training.decay", "0.9"));
    }

    public static StudyPlan plan(int trials, long largestParameters) {
        return new StudyPlan(
                CELL_MODEL.id(),
                recipe(),
                HyperparameterSpace.PAPER,
                Method.TPE,
                trials,
                1,
                HALVING,
                largestParameters);
    }
}
