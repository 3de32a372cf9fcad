package org.ionstream.schemas.biomarker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Biomarkers;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.schemas.wire.Traces;

/** Trajectories of straight lines, whose biomarkers can be worked out on paper. */
final class HandMade {
    private HandMade() {}

    /** A corner of the line. */
    record Point(double timeMs, double value) {}

    static Point at(double timeMs, double value) {
        return new Point(timeMs, value);
    }

    /** From -90 to 10 mV within 1 ms, then down by 1 mV per ms: APD x is x + 0.5 ms. */
    static List<Point> triangle(double onsetMs) {
        return List.of(at(onsetMs, -90), at(onsetMs + 1, 10), at(onsetMs + 101, -90));
    }

    /** The same, with an APD90 of this and a half. */
    static List<Point> triangle(double onsetMs, double apd90Ms) {
        return List.of(at(onsetMs, -90), at(onsetMs + 1, 10), at(onsetMs + 1 + apd90Ms / 0.9, -90));
    }

    @SafeVarargs
    static List<Point> joined(List<Point>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** Samples of the line; before and after it goes on as it begins and ends. */
    static float[] line(List<Point> points, TimeGrid grid) {
        float[] samples = new float[grid.samples()];
        for (int sample = 0; sample < samples.length; sample++) {
            samples[sample] = (float) value(points, grid.timeMs(sample));
        }
        return samples;
    }

    /** Of O'Hara-Rudy 2011, threshold 0 mV, calcium at rest; 1 uA/uF x 2 ms at each onset. */
    static Biomarkers ventricular(List<Point> V, double horizonMs, double... onsetsMs) {
        return ventricular(V, List.of(at(0, 1e-4)), horizonMs, onsetsMs);
    }

    static Biomarkers ventricular(List<Point> V, List<Point> calcium, double horizonMs, double... onsetsMs) {
        List<Pulse> pulses = new ArrayList<>();
        for (double onsetMs : onsetsMs) {
            pulses.add(new Pulse(onsetMs, 2.0, 1.0));
        }
        TimeGrid grid = TimeGrid.covering(horizonMs, 1);
        Traces traces = new Traces(grid, List.of("Ca_i", "V"), new float[][] {line(calcium, grid), line(V, grid)});
        return TrajectoryBiomarkers.of(traces, stimulus(CellModels.OHARA_RUDY_2011, grid, pulses));
    }

    static Stimulus stimulus(CellModel model, TimeGrid grid, List<Pulse> pulses) {
        return Stimulus.of(StimulusProtocol.newBuilder()
                .setId("hand-made")
                .setCellModel(model.id())
                .setPulses(pulses)
                .setHorizonMs(grid.horizonMs())
                .setOutputStepMs(grid.stepMs())
                .build());
    }

    private static double value(List<Point> points, double timeMs) {
        int after = IntStream.range(0, points.size())
                .filter(i -> points.get(i).timeMs() > timeMs)
                .findFirst()
                .orElse(points.size());
        if (after == 0 || after == points.size()) {
            return points.get(after == 0 ? 0 : after - 1).value();
        }
        Point left = points.get(after - 1);
        Point right = points.get(after);
        double fraction = (timeMs - left.timeMs()) / (right.timeMs() - left.timeMs());
        return left.value() + fraction * (right.value() - left.value());
    }
}
