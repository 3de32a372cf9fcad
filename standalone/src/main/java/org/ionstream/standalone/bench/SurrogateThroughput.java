package org.ionstream.standalone.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one surrogate does on one device, beside the reference solver on one thread.
 *
 * @param cellModel id
 * @param modelId of the surrogate
 * @param samples of each trajectory, predicted and solved
 * @param variables of each trajectory
 * @param expectedRelativeL2 the surrogate's median error on held-out protocols, from its card
 * @param device CPU or CUDA
 * @param solvesPerSecond of the solver on the same protocols
 * @param rows of the surrogate, for each number of threads and batch size
 * @param nodesByProvider of the optimised graph
 * @param timeShareByOperator of the kernels in batches of 32
 * @param largestDifferenceFromCpu by variable, in units of its excursion in an action potential; empty on the CPU
 */
public record SurrogateThroughput(
        String cellModel,
        String modelId,
        int samples,
        int variables,
        double expectedRelativeL2,
        String device,
        Spread solvesPerSecond,
        List<Row> rows,
        Map<String, Integer> nodesByProvider,
        Map<String, Double> timeShareByOperator,
        Map<String, Double> largestDifferenceFromCpu) {

    /**
     * @param threads within one operator
     * @param batch protocols in one prediction
     * @param perSecond trajectories
     * @param timesSolver how many times the solver's median on one thread
     */
    public record Row(int threads, int batch, Spread perSecond, double timesSolver) {}

    /** @return empty if this batch was not measured on one thread */
    Optional<Row> onOneThread(int batch) {
        return rows.stream()
                .filter(row -> row.threads() == 1 && row.batch() == batch)
                .findFirst();
    }
}
