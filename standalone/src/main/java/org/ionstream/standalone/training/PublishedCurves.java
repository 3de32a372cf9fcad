package org.ionstream.standalone.training;

import java.util.Map;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.trainer.release.Recipes;

/** Learning curves that the authors of the FNO paper logged, one run each; none is known for O'Hara-Rudy. */
final class PublishedCurves {
    /**
     * @param epochs after which, counted from 1
     * @param errors relative L2 on the test set at these
     */
    record Curve(double[] epochs, double[] errors) {}

    private static final double[] EPOCHS = {1, 51, 101, 201, 301, 501, 1000};
    private static final Map<String, double[]> CONSTRAINED = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            new double[] {.340, .0532, .0197, .0157, .0109, .0088, .0082},
            CellModels.HODGKIN_HUXLEY_1952.id(),
            new double[] {.702, .138, .132, .0494, .0396, .0282, .0267});
    private static final Map<String, double[]> UNCONSTRAINED = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            new double[] {.213, .0303, .0139, .0099, .0090, .0088, .0088},
            CellModels.HODGKIN_HUXLEY_1952.id(),
            new double[] {.445, .137, .0468, .0516, .0262, .0237, .0235});

    private PublishedCurves() {}

    static Optional<Curve> of(CellModel cellModel, Recipes recipe) {
        Map<String, double[]> curves = switch (recipe) {
            case CHAMPION -> Map.of();
            case PAPER_CONSTRAINED -> CONSTRAINED;
            case PAPER_UNCONSTRAINED -> UNCONSTRAINED;
        };
        return Optional.ofNullable(curves.get(cellModel.id())).map(errors -> new Curve(EPOCHS, errors));
    }
}
