package org.ionstream.standalone.plan;

/**
 * Seconds that one protocol takes a stage, whatever the stage is: the model of plans, and of what a bench of several instances
 * expects.
 *
 * @param thread of the one thread that reads, answers and sends: one instance does no more than its inverse a second
 * @param process of the processors of the stage's process, that thread included
 * @param broker of the brokers' processors, for one copy of the answer
 */
public record ProtocolCost(double thread, double process, double broker) {
    /** Predicted on the processor. */
    public static ProtocolCost predicted(Costs.Seconds seconds, Costs.Stream stream, double bytes) {
        double thread = seconds.prepare() + seconds.inference() + stream.stage().of(bytes);
        return new ProtocolCost(
                thread,
                thread + seconds.answer() + stream.client().of(bytes),
                stream.broker().of(bytes));
    }

    /** Predicted on a GPU, for which the thread waits. */
    public static ProtocolCost predictedOnGpu(
            Costs.Seconds seconds, Costs.Stream stream, double bytes, double gpuPerSecond) {
        double busy = seconds.prepare() + stream.stage().of(bytes);
        return new ProtocolCost(
                busy + 1 / gpuPerSecond,
                busy + seconds.answer() + stream.client().of(bytes),
                stream.broker().of(bytes));
    }

    /** Solved by a stage with one solving thread, for which the stage's own waits. */
    public static ProtocolCost solved(Costs.Seconds seconds, Costs.Stream stream, double bytes) {
        double thread = seconds.solve() + seconds.report() + stream.stage().of(bytes);
        return new ProtocolCost(
                thread, thread + stream.client().of(bytes), stream.broker().of(bytes));
    }

    /** Protocols a second of so many instances that share these processors with the broker. */
    public double perSecond(int instances, int processors) {
        return Math.min(instances / thread, processors / (process + broker));
    }
}
