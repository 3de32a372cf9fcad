package org.ionstream.standalone;

import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.model.ModelPublisher;
import org.ionstream.surrogate.model.ReleaseKeys;

/** A model put into service as a trainer would. */
final class ReleasedChampion {
    private ReleasedChampion() {}

    static ModelRelease release(KafkaSettings kafka, Topics topics, byte[] onnx) {
        try (ModelPublisher publisher = ModelPublisher.at(kafka, topics, ReleaseKeys.NONE, "test")) {
            return publisher.publish(onnx);
        }
    }
}
