package org.ionstream.trainer.score;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ionstream.schemas.operation.ProcessMemory;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;

/**
 * What predictions cost, on the wall clock of the machine as it is.
 *
 * @param device CPU or CUDA
 * @param msPerTrajectoryAlone median time of a batch of one
 * @param msPerTrajectoryInBatch median time of a batch of {@link #BATCH}, divided by its size
 * @param residentMb by how much loading the model and predicting such a batch makes the process grow, outside the Java heap
 *     too; null where the system does not tell
 */
public record PredictionCost(
        String device, double msPerTrajectoryAlone, double msPerTrajectoryInBatch, Double residentMb) {
    public static final int BATCH = 32;
    private static final int LEAST_REPEATS = 5;
    private static final int MOST_REPEATS = 200;
    private static final long LONGEST_NS = 1_500_000_000L;

    /** All of them stay loaded until the last is measured, so that none gets memory that another has given back. */
    public static List<PredictionCost> measure(List<OnnxModelFile> files) {
        List<FnoPredictor> loaded = new ArrayList<>();
        try {
            loaded.add(predictor(files.get(0), 1)); // loads the runtime, which is no part of a model's memory
            List<PredictionCost> costs = new ArrayList<>();
            for (OnnxModelFile file : files) {
                Double before = residentNowMb();
                FnoPredictor predictor = predictor(file, BATCH); // has run a whole batch when it is there
                loaded.add(predictor);
                Double after = residentNowMb();
                costs.add(new PredictionCost(
                        predictor.device().name(),
                        medianMs(predictor, 1),
                        medianMs(predictor, BATCH) / BATCH,
                        before == null || after == null ? null : Math.max(0, after - before)));
            }
            return costs;
        } finally {
            loaded.forEach(FnoPredictor::close);
        }
    }

    private static double medianMs(FnoPredictor predictor, int batch) {
        float[][] currents = new float[batch][predictor.card().samples()];
        for (float[] current : currents) {
            current[0] = 1;
        }
        List<Double> taken = new ArrayList<>();
        long startNs = System.nanoTime();
        while (taken.size() < LEAST_REPEATS
                || (taken.size() < MOST_REPEATS && System.nanoTime() - startNs < LONGEST_NS)) {
            long beginNs = System.nanoTime();
            predictor.predict(currents);
            taken.add((System.nanoTime() - beginNs) / 1e6);
        }
        return Distribution.of(taken.stream().mapToDouble(Double::doubleValue))
                .orElseThrow()
                .median();
    }

    private static FnoPredictor predictor(OnnxModelFile file, int largestBatch) {
        return new FnoPredictor(file, new FnoPredictor.Settings(ComputeDevice.AUTO, 0, largestBatch));
    }

    private static Double residentNowMb() {
        OptionalLong resident = ProcessMemory.residentBytes();
        return resident.isPresent() ? resident.getAsLong() / (1024.0 * 1024) : null;
    }
}
