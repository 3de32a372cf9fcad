package org.ionstream.reference;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ionstream.reference.cell.FitzHughNagumo1961;
import org.ionstream.reference.cell.HodgkinHuxley1952;
import org.ionstream.reference.cell.IonicModel;
import org.ionstream.reference.cell.OHaraRudy2011;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;

/** Which class has the equations of which cell model of the catalogue. A new cell model is a line here. */
public final class CellEquations {
    private static final Map<String, Supplier<IonicModel>> BY_ID = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(), FitzHughNagumo1961::new,
            CellModels.HODGKIN_HUXLEY_1952.id(), HodgkinHuxley1952::new,
            CellModels.OHARA_RUDY_2011.id(), OHaraRudy2011::new);

    private CellEquations() {}

    /** A new instance, or nothing if the catalogue is ahead of the equations. */
    public static Optional<IonicModel> of(CellModel model) {
        return Optional.ofNullable(BY_ID.get(model.id())).map(Supplier::get);
    }
}
