package org.ionstream.surrogate.model;

import java.util.Optional;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.trust.CalibratedErrors;

/**
 * A released model, loaded and warm.
 *
 * @param release that put it into service
 * @param predictor owned: closed with the champion
 * @param errors to expect of it; empty: its file has no calibration
 */
public record Champion(ModelRelease release, FnoPredictor predictor, Optional<CalibratedErrors> errors)
        implements AutoCloseable {
    /** Alias of the releases that the surrogate serves. */
    public static final String ALIAS = "champion";

    /** Record key of a release. */
    public static String key(String cellModel, String alias) {
        return cellModel + "/" + alias;
    }

    public String cellModel() {
        return release.getCellModel();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
