package org.ionstream.trainer.retraining;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Provenance;
import org.ionstream.schemas.message.Score;
import org.ionstream.schemas.message.ScorePair;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.data.FreshLabels;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.Checkpoint;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.FnoTraining;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.TrajectorySet;
import org.ionstream.trainer.release.Candidate;
import org.ionstream.trainer.release.Recipe;
import org.ionstream.trainer.score.Examination;
import org.ionstream.trainer.score.RatioOfMeans;
import org.ionstream.trainer.trust.Calibrator;

/**
 * One retraining: the champion's network goes on from its own weights, or another begins anew, on audited references mixed
 * with the paper's distribution, and the result meets the champion on protocols that neither was trained on. A pure
 * computation: what comes of it is the caller's decision to publish.
 */
final class RetrainingRun {
    /** Half of the paper's validation set chooses the best step, the other half examines. */
    private static final int PAPER_HELD_OUT = 300;
    /** Of the audits and of the paper's protocols each, that errors are expected from. */
    private static final int NEIGHBOURS = 2_000;

    private final RetrainingSettings settings;
    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;
    private final String revision;

    RetrainingRun(RetrainingSettings settings, ReferenceLabels labels, FnoPredictor.Settings serving, String revision) {
        this.settings = settings;
        this.labels = labels;
        this.serving = serving;
        this.revision = revision;
    }

    /**
     * @param onnx the challenger's file, its expected error on recent audits in the card, calibrated if it is to be promoted
     * @param scores of the challenger, for the release
     * @param pairs of champion and challenger on each held-out set
     * @param promote whether the challenger won
     * @param detail why, with the numbers
     */
    record Verdict(
            byte[] onnx,
            String modelId,
            List<Score> scores,
            List<ScorePair> pairs,
            Provenance provenance,
            boolean promote,
            String detail) {}

    /**
     * @param checkpoint to go on from, and written while it trains
     * @throws IllegalStateException if there are too few usable references to hold any out
     */
    Verdict of(
            OnnxModelFile championFile,
            List<Replay.Entry> references,
            Optional<Path> checkpoint,
            Consumer<FnoTraining.Progress> progress) {
        Candidate champion = Candidate.of(championFile);
        CellModel cellModel = champion.cellModel();
        TimeGrid grid = championFile.card().grid();
        ReplaySplit split = new ReplaySplit(references, cellModel, grid, settings.heldOutShare());
        if (split.training().isEmpty()
                || split.selection().isEmpty()
                || split.examination().isEmpty()) {
            throw new IllegalStateException(
                    "%d references give %d to train on, %d to select and %d to examine with; wait for more audits or raise the audit share"
                            .formatted(
                                    references.size(),
                                    split.training().size(),
                                    split.selection().size(),
                                    split.examination().size()));
        }
        PaperHeldOut paper =
                PaperHeldOut.of(labels, cellModel, grid, settings.training().seed());
        boolean anew = settings.anew().insteadOf(champion);
        Recipe recipe = recipe(champion, anew, grid);
        MixedSets sets = sets(championFile, recipe, split.training());
        TrajectorySet first = sets.set(0);
        Normalisation normalisation = anew ? Normalisation.of(first).overAllTimes() : champion.normalisation();
        FnoParameters start = anew
                ? FnoParameters.random(
                        recipe.architecture(), settings.training().seed())
                : champion.parameters();
        Provenance provenance = provenance(championFile, anew, recipe, references, split);
        Candidate begun = new Candidate(cellModel, start, normalisation, recipe, inFile(provenance));
        begun.checkServable(serving);
        FnoParameters trained;
        try (FreshLabels data = sets.fresh(first)) {
            trained = new FnoTraining(
                            settings.training(),
                            normalisation,
                            data,
                            List.of(ReplaySplit.set(split.selection(), cellModel, grid), paper.selection()),
                            cellModel.horizonMs(),
                            serving.device())
                    .run(start, checkpoint.map(path -> resume(path, champion, recipe, anew, references)), progress)
                    .parameters();
        }

        Examination recent =
                new Examination("recent audits", cellModel, ReplaySplit.set(split.examination(), cellModel, grid));
        Examination guard = new Examination("paper validation", cellModel, paper.examination());
        List<TrajectorySet> neighbours =
                sets.parts(first).stream().map(part -> part.atMost(NEIGHBOURS)).toList();
        Calibrator.Protocols calibration = new Calibrator.Protocols(
                "recent audits and the paper's protocols: neighbours trained on, scored held out",
                neighbours,
                neighbours.get(0).size(),
                List.of(recent.heldOut(), guard.heldOut()));
        return verdict(championFile, begun.with(trained), provenance, recent, guard, calibration);
    }

    private Verdict verdict(
            OnnxModelFile championFile,
            Candidate challenger,
            Provenance provenance,
            Examination recent,
            Examination guard,
            Calibrator.Protocols calibration) {
        OnnxModelFile challengerFile = challenger.unscored();
        Duel onRecent = Duel.of(recent, championFile, challengerFile, serving);
        Duel onPaper = Duel.of(guard, championFile, challengerFile, serving);
        RatioOfMeans improvement = onRecent.comparison();
        RatioOfMeans regression = onPaper.comparison();
        boolean promote = improvement.ratio() < settings.requiredImprovement()
                && improvement.highest() < 1
                && regression.ratio() <= settings.toleratedRegression();
        String detail =
                "on recent audits the challenger has the champion's error %s, needs below %.2f and surely below 1; on the paper's distribution %s, at most %.2f"
                        .formatted(
                                improvement,
                                settings.requiredImprovement(),
                                regression,
                                settings.toleratedRegression());
        OnnxModelFile scored =
                challengerFile.withExpectedRelativeL2(onRecent.challenger().getMedianRelativeL2());
        return new Verdict(
                promote
                        ? new Calibrator(serving)
                                .calibrated(scored, calibration)
                                .bytes()
                        : scored.bytes(),
                challenger.modelId(),
                List.of(onRecent.challenger(), onPaper.challenger()),
                List.of(onRecent.pair(), onPaper.pair()),
                provenance,
                promote,
                detail);
    }

    /** A checkpoint of other references or another schedule is deleted. */
    private FnoTraining.Resume resume(
            Path checkpoint, Candidate champion, Recipe recipe, boolean anew, List<Replay.Entry> references) {
        String run = "%s%s on references %s, %s, %s held out, %s"
                .formatted(
                        champion.modelId(),
                        anew ? " anew as " + recipe.architecture() : "",
                        Replay.hash(ids(references)),
                        settings.mix(),
                        settings.heldOutShare(),
                        settings.training());
        Checkpoint.usable(checkpoint, run);
        return new FnoTraining.Resume(checkpoint, run);
    }

    private static List<String> ids(List<Replay.Entry> references) {
        return references.stream().map(entry -> entry.reference().getId()).toList();
    }

    private Recipe recipe(Candidate champion, boolean anew, TimeGrid grid) {
        Recipe recipe = new Recipe(
                champion.recipe().architecture(),
                settings.training(),
                settings.mix().baseProtocols(),
                settings.training().seed(),
                settings.mix().epochsPerSet(),
                0,
                settings.mix().asHeldOut(),
                null);
        return anew ? settings.anew().with(recipe, champion.cellModel(), grid) : recipe;
    }

    private MixedSets sets(OnnxModelFile champion, Recipe recipe, List<Replay.Entry> entries) {
        CellModel cellModel = CellModels.byId(champion.card().cellModel());
        TrajectorySet audited =
                ReplaySplit.set(entries, cellModel, champion.card().grid());
        double[] errors = settings.mix().targetedProtocols() > 0
                ? new Examination("audits", cellModel, audited).errors(champion, serving)
                : new double[0];
        List<StimulusProtocol> protocols =
                entries.stream().map(entry -> entry.reference().getProtocol()).toList();
        return new MixedSets(cellModel, audited, protocols, errors, settings.mix(), recipe, labels);
    }

    private Provenance provenance(
            OnnxModelFile champion, boolean anew, Recipe recipe, List<Replay.Entry> references, ReplaySplit split) {
        var offsets = split.training().stream().mapToLong(Replay.Entry::offset).summaryStatistics();
        return Provenance.newBuilder()
                .setParentModelId(champion.card().modelId())
                .setAnew(anew)
                .setRecipe(recipe.toJson())
                .setSeed(settings.training().seed())
                .setBaseProtocols(settings.mix().baseProtocols())
                .setReplayedReferences(split.training().size())
                .setTargetedProtocols(settings.mix().targetedProtocols())
                .setSensitiveShare(settings.mix().sensitiveShare())
                .setReplayedFromOffset(offsets.getMin())
                .setReplayedToOffset(offsets.getMax())
                .setReplayedIds(ids(references))
                .setHeldOutShare(settings.heldOutShare())
                .setRevision(revision)
                .build();
    }

    private static String inFile(Provenance provenance) {
        return Provenance.newBuilder(provenance)
                .setReplayedIds(List.of()) // thousands; they stand in the release
                .build()
                .toString();
    }

    /** The paper's validation set in two parts; its test set is not touched here. */
    private record PaperHeldOut(TrajectorySet selection, TrajectorySet examination) {
        static PaperHeldOut of(ReferenceLabels labels, CellModel cellModel, TimeGrid grid, long seed) {
            List<StimulusProtocol> all = PaperDistribution.of(cellModel).validation(seed, PAPER_HELD_OUT);
            return new PaperHeldOut(part(labels, all, 0, grid), part(labels, all, 1, grid));
        }

        private static TrajectorySet part(
                ReferenceLabels labels, List<StimulusProtocol> all, int parity, TimeGrid grid) {
            List<StimulusProtocol> protocols = IntStream.range(0, all.size())
                    .filter(i -> i % 2 == parity)
                    .mapToObj(all::get)
                    .toList();
            return labels.solve(protocols, grid, count -> {});
        }
    }
}
