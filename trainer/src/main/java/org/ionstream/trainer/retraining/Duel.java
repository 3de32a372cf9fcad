package org.ionstream.trainer.retraining;

import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.message.ScorePair;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.score.Examination;
import org.ionstream.trainer.score.RatioOfMeans;

/** Champion and challenger in one examination, each through the predictor that serves it. */
record Duel(Score champion, Score challenger, RatioOfMeans comparison) {
    static Duel of(
            Examination examination, OnnxModelFile champion, OnnxModelFile challenger, FnoPredictor.Settings serving) {
        double[] before = examination.errors(champion, serving);
        double[] after = examination.errors(challenger, serving);
        return new Duel(examination.score(before), examination.score(after), RatioOfMeans.paired(before, after));
    }

    ScorePair pair() {
        return new ScorePair(
                champion.getHeldOutSet(),
                champion.getProtocols(),
                champion.getMeanRelativeL2(),
                challenger.getMeanRelativeL2());
    }
}
