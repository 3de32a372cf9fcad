package org.ionstream.standalone;

import org.ionstream.schemas.protocol.ProtocolLimits;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.Surrogate;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.model.ReleaseKeys;

/** A surrogate in a process of its own, to be killed. Arguments: bootstrap servers, topic prefix. */
public final class SurrogateProcess {
    private SurrogateProcess() {}

    static Surrogate.Settings settings(KafkaSettings kafka, Topics topics) {
        return settings(kafka, topics, ReleaseKeys.NONE);
    }

    static Surrogate.Settings settings(KafkaSettings kafka, Topics topics, ReleaseKeys keys) {
        FnoPredictor.Settings predictor = new FnoPredictor.Settings(ComputeDevice.CPU, 1, 16);
        return new Surrogate.Settings(kafka, topics, "0", predictor, 0.1, ProtocolLimits.DEFAULT, keys);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Surrogate surrogate = new Surrogate(settings(KafkaSettings.at(arguments[0]), new Topics(arguments[1])));
        surrogate.start();
        Thread.currentThread().join();
    }
}
