package org.ionstream.trainer.fno;

/** What a network is trained on: a set for each epoch, the same or fresh ones. */
public interface TrainingData {

    /** Protocols of every epoch. */
    int protocols();

    /** The same set for the same epoch, whenever it is asked for. */
    TrajectorySet epoch(int epoch);

    /** One set for all epochs. */
    static TrainingData fixed(TrajectorySet set) {
        return new TrainingData() {
            @Override
            public int protocols() {
                return set.size();
            }

            @Override
            public TrajectorySet epoch(int epoch) {
                return set;
            }
        };
    }
}
