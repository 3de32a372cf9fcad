package org.ionstream.trainer.retraining;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.score.Examination;

/**
 * A champion that the trainer has promoted meets the one it replaced once more, on the first uniform audits after its release:
 * nobody had seen them when it was chosen. If it is surely worse there, the earlier one is to serve again. What people have
 * put into service is not on probation.
 */
final class Probation {
    /**
     * @param before the champion that was replaced
     * @param duel it as the champion, the present one as the challenger
     */
    record Outcome(ModelRelease before, Duel duel) {
        boolean isFailed() {
            return duel.comparison().lowest() > 1;
        }

        String detail(ModelRelease champion) {
            return "on the first %d audits since its release %s has the error of %s, which it replaced, %s"
                    .formatted(
                            duel.challenger().getProtocols(),
                            champion.getModelId(),
                            before.getModelId(),
                            duel.comparison());
        }
    }

    private final int references;
    private final Function<ModelRelease, byte[]> files;
    private final FnoPredictor.Settings serving;

    /**
     * @param references that must have come; 0: no probation
     * @param files ONNX bytes of a release
     */
    Probation(int references, Function<ModelRelease, byte[]> files, FnoPredictor.Settings serving) {
        this.references = references;
        this.files = files;
        this.serving = serving;
    }

    /** Empty: not on probation, or not enough references yet. */
    Optional<Outcome> of(CellModel cellModel, CellModelLedger book) {
        ModelRelease champion = book.champion().orElse(null);
        if (references == 0 || champion == null || !isOwnPromotion(champion, book)) {
            return Optional.empty();
        }
        ModelRelease before = book.version(champion.getReplacedModelId()).orElse(null);
        List<Replay.Entry> since = book.replay().since(champion.getReleasedAtMs());
        if (before == null || since.size() < references) {
            return Optional.empty();
        }
        OnnxModelFile present = OnnxModelFile.parse(files.apply(champion));
        List<Replay.Entry> usable =
                ReplaySplit.usable(since, cellModel, present.card().grid());
        if (usable.size() < references) {
            return Optional.empty();
        }
        Examination examination = new Examination(
                "audits since the release",
                cellModel,
                ReplaySplit.set(
                        usable.subList(0, references), cellModel, present.card().grid()));
        OnnxModelFile earlier = OnnxModelFile.parse(files.apply(before));
        return Optional.of(new Outcome(before, Duel.of(examination, earlier, present, serving)));
    }

    /** Trained from the champion that it replaced, and in service since then without a person's order. */
    private static boolean isOwnPromotion(ModelRelease champion, CellModelLedger book) {
        return !champion.getReplacedModelId().isEmpty()
                && champion.getProvenance().getParentModelId().equals(champion.getReplacedModelId())
                && book.version(champion.getModelId())
                        .filter(first -> first.getReleasedAtMs() == champion.getReleasedAtMs())
                        .isPresent();
    }
}
