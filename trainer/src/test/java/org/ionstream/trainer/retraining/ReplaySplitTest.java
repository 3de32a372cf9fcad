package org.ionstream.trainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ionstream.schemas.message.ArrayEncoding;
import org.ionstream.schemas.message.Outcome;
import org.ionstream.schemas.message.ReferenceSolution;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.message.Trajectory;
import org.ionstream.schemas.protocol.UniformAudit;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;
import org.ionstream.trainer.fno.TrajectorySet;
import org.junit.jupiter.api.Test;

class ReplaySplitTest {
    private static final TimeGrid GRID = new TimeGrid(0.625, 160);
    private static final double HELD_OUT = 0.3;

    private final ReferenceSolution solved = LiveReferences.sample(1, 1).get(0).reference();

    @Test
    void shouldDivideAuditedProtocolsInTheSharesAskedFor() {
        List<Replay.Entry> audited = entries(IntStream.range(0, 20_000)
                .mapToObj(i -> "p" + i)
                .filter(id -> UniformAudit.covers(id, 0.1))
                .map(this::withId));

        ReplaySplit split = split(audited);

        double all = audited.size();
        assertThat(all).isGreaterThan(1_800);
        assertThat(split.selection().size() / all).isCloseTo(HELD_OUT / 3, within(0.03));
        assertThat(split.examination().size() / all).isCloseTo(2 * HELD_OUT / 3, within(0.04));
        List<Replay.Entry> parts = new ArrayList<>(split.training());
        parts.addAll(split.selection());
        parts.addAll(split.examination());
        assertThat(parts).hasSize(audited.size()).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepAProtocolInItsPartForEver() {
        List<Replay.Entry> early = entries(IntStream.range(0, 200).mapToObj(i -> withId("p" + i)));
        List<Replay.Entry> late = entries(IntStream.range(100, 400).mapToObj(i -> withId("p" + i)));

        List<String> heldOutEarly = ids(split(early).examination());
        List<String> trainedOnLate = ids(split(late).training());

        assertThat(heldOutEarly).isNotEmpty().doesNotContainAnyElementsOf(trainedOnLate);
    }

    @Test
    void shouldLeaveOutReferencesThatCannotBeUsed() {
        Trajectory whole = solved.getTrajectory();
        Trajectory tooFewBytes = new Trajectory(
                whole.getStepMs(),
                whole.getSamples(),
                whole.getVariables(),
                whole.getEncoding(),
                ByteBuffer.allocate(1));
        float[][] notFinite = Traces.of(whole).values();
        notFinite[1][7] = Float.POSITIVE_INFINITY;
        Trajectory half = Traces.of(whole)
                .resample(new TimeGrid(whole.getStepMs(), whole.getSamples() / 2))
                .toMessage();
        List<Replay.Entry> unusable = entries(Stream.of(
                ReferenceSolution.newBuilder(solved)
                        .setOutcome(Outcome.SOLVER_GAVE_UP)
                        .setTrajectory(null)
                        .build(),
                with(null),
                with(tooFewBytes),
                with(half),
                with(new Traces(Traces.of(whole).grid(), whole.getVariables(), notFinite).toMessage()),
                with(new Trajectory(0.0, 1, whole.getVariables(), ArrayEncoding.F32_LE, ByteBuffer.allocate(8))),
                with(Traces.of(whole).select(List.of("V")).toMessage()),
                LiveReferences.reference(StimulusProtocol.newBuilder(solved.getProtocol())
                        .setHorizonMs(50)
                        .build()),
                LiveReferences.reference(StimulusProtocol.newBuilder(solved.getProtocol())
                        .setOutputStepMs(2)
                        .build())));

        ReplaySplit split = split(unusable);

        assertThat(split.training()).isEmpty();
        assertThat(split.selection()).isEmpty();
        assertThat(split.examination()).isEmpty();
    }

    @Test
    void shouldPutReferencesOnTheModelsGrid() {
        List<Replay.Entry> entries = LiveReferences.sample(2, 3);

        TrajectorySet set = ReplaySplit.set(entries, LiveReferences.CELL_MODEL, GRID);

        Traces first = Traces.of(entries.get(0).reference().getTrajectory());
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.grid()).isEqualTo(GRID);
        assertThat(set.initial()[0]).isEqualTo(first.of("V")[0]);
        assertThat(set.excursions()[0][0][0]).isZero();
        assertThat((double) set.excursions()[0][1][40]).isCloseTo(first.of("w")[80] - first.of("w")[0], within(1e-6));
        assertThat(set.currents()[0]).hasSize(160);
    }

    private static ReplaySplit split(List<Replay.Entry> entries) {
        return new ReplaySplit(entries, LiveReferences.CELL_MODEL, GRID, HELD_OUT);
    }

    private static List<Replay.Entry> entries(Stream<ReferenceSolution> references) {
        List<Replay.Entry> entries = new ArrayList<>();
        references.forEach(reference -> entries.add(new Replay.Entry(reference, entries.size(), 0)));
        return entries;
    }

    private ReferenceSolution withId(String id) {
        return ReferenceSolution.newBuilder(solved).setId(id).build();
    }

    private ReferenceSolution with(Trajectory trajectory) {
        return ReferenceSolution.newBuilder(solved).setTrajectory(trajectory).build();
    }

    private static List<String> ids(List<Replay.Entry> entries) {
        return entries.stream().map(entry -> entry.reference().getId()).toList();
    }
}
