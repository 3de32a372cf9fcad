package org.ionstream.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.ionstream.producer.pacing.PulseTrain;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Route;
import org.ionstream.standalone.simulation.Restitution.Kind;
import org.ionstream.standalone.simulation.Restitution.Point;
import org.junit.jupiter.api.Test;

class RestitutionTest {
    private static final PulseTrain S1 = new PulseTrain(0, 1000, 1, 40, 2);

    @Test
    void shouldFindShorterActionPotentialsAfterShorterRests() {
        List<Point> points = points(new Restitution(CellModels.OHARA_RUDY_2011, Kind.S1_S2, S1), 330, 450, 800);

        assertThat(points).extracting(Point::remark).containsOnly("");
        assertThat(points).extracting(Point::apd90Ms).isSorted();
        for (Point point : points) {
            assertThat(point.diastolicIntervalMs() + 268)
                    .as("the interval less the APD90 of the last S1")
                    .isCloseTo(point.intervalMs(), Offset.offset(12.0));
        }
    }

    @Test
    void shouldSayThatAPulseWithinTheRefractoryPeriodIsNotCaptured() {
        Point point = points(new Restitution(CellModels.OHARA_RUDY_2011, Kind.S1_S2, S1), 150)
                .get(0);

        assertThat(point.apd90Ms()).isNull();
        assertThat(point.remark()).isEqualTo("not captured");
    }

    @Test
    void shouldPaceWithTheWholeTrainInDynamicRestitution() {
        Restitution dynamic = new Restitution(CellModels.OHARA_RUDY_2011, Kind.DYNAMIC, new PulseTrain(0, 1, 1, 40, 4));

        List<Point> points = points(dynamic, 350, 600);

        assertThat(dynamic.protocol(350, Route.REFERENCE).getPulses())
                .extracting(pulse -> pulse.getOnsetMs())
                .containsExactly(0.0, 350.0, 700.0, 1050.0);
        assertThat(points).extracting(Point::apd90Ms).isSorted();
    }

    @Test
    void shouldAskTheSurrogateOnlyForItsHorizon() {
        Restitution restitution =
                new Restitution(CellModels.OHARA_RUDY_2011, Kind.S1_S2, new PulseTrain(0, 1000, 1, 40, 1));

        double modelHorizonMs = CellModels.OHARA_RUDY_2011.horizonMs();
        assertThat(restitution.protocol(300, Route.SURROGATE).getHorizonMs()).isEqualTo(modelHorizonMs);
        assertThat(restitution.protocol(300, Route.REFERENCE).getHorizonMs()).isEqualTo(300 + modelHorizonMs);
    }

    private static List<Point> points(Restitution restitution, double... intervals) {
        List<Point> points = new ArrayList<>();
        try (LocalStream stream = new LocalStream(SolverSettings.LABELS, 1)) {
            for (double interval : intervals) {
                stream.answer(List.of(restitution.protocol(interval, Route.REFERENCE)))
                        .forEach(answer -> points.add(Restitution.point(interval, answer)));
            }
        }
        return points;
    }
}
