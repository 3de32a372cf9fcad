package org.ionstream.standalone.peeking.trainer.retraining;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.trainer.data.DatasetFile;
import org.ionstream.trainer.score.PaperTest;

/** Chooses models by the test set, in every way there is: what the rules of HeldOutTest must find. */
public final class PeekingRetrainer {
    List<StimulusProtocol> draw(PaperDistribution paper) {
        LongFunction<List<StimulusProtocol>> test = paper::test;
        return test.apply(1);
    }

    int read(Path file) {
        return DatasetFile.open(file).recipe().count();
    }

    int size(PaperTest test) {
        return test.protocols().size();
    }
}
