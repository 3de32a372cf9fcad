package org.ionstream.reference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ionstream.reference.cell.BeelerReuter1977;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.reference.cell.Parameters;
import org.ionstream.reference.cell.VentricularCell;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Conditions;

/** Which class has the equations of which cell model of the catalogue. A new cell model is a line here. */
public final class CellEquations {
    private static final Map<String, Function<Conditions, IonicModel>> BY_ID = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
            conditions ->
                    new FitzHughNagumo1961(parameters(conditions), state(conditions, FitzHughNagumo1961.VARIABLES)),
            CellModels.HODGKIN_HUXLEY_1952.id(),
            conditions -> new HodgkinHuxley1952(parameters(conditions), state(conditions, HodgkinHuxley1952.VARIABLES)),
            CellModels.OHARA_RUDY_2011.id(),
            conditions -> new OHaraRudy2011(
                    VentricularCell.named(conditions.variant()),
                    parameters(conditions),
                    state(conditions, OHaraRudy2011.VARIABLES)),
            CellModels.BEELER_REUTER_1977.id(),
            conditions -> new BeelerReuter1977(parameters(conditions), state(conditions, BeelerReuter1977.VARIABLES)));

    private CellEquations() {}

    /** A new instance of the cell as published, or nothing if the catalogue is ahead of the equations. */
    public static Optional<IonicModel> of(CellModel model) {
        return of(Conditions.published(model));
    }

    /** A new instance of the cell under these conditions, or nothing if the catalogue is ahead of the equations. */
    static Optional<IonicModel> of(Conditions conditions) {
        return Optional.ofNullable(BY_ID.get(conditions.cellModel().id())).map(cell -> cell.apply(conditions));
    }

    private static Parameters parameters(Conditions conditions) {
        return new Parameters(conditions.parameters());
    }

    private static double[] state(Conditions conditions, List<String> variables) {
        Map<String, Double> values = conditions.initialState();
        return variables.stream().mapToDouble(values::get).toArray();
    }
}
