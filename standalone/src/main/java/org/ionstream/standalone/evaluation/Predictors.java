package org.ionstream.standalone.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;

/** Networks that are loaded at the same time, protocol by protocol on the CPU, so that errors are the same everywhere. */
final class Predictors implements AutoCloseable {
    private static final FnoPredictor.Settings ONE_BY_ONE = new FnoPredictor.Settings(ComputeDevice.CPU, 0, 1);

    private final List<FnoPredictor> open = new ArrayList<>();

    FnoPredictor of(OnnxModelFile file) {
        FnoPredictor predictor = new FnoPredictor(file, ONE_BY_ONE);
        open.add(predictor);
        return predictor;
    }

    @Override
    public void close() {
        open.forEach(FnoPredictor::close);
    }
}
