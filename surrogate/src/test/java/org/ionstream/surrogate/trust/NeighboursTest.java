package org.ionstream.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    @Test
    void shouldFindTheNearestAsSortingAllDoes() {
        Random random = new Random(1);
        float[][] points = new float[500][4];
        for (float[] point : points) {
            for (int i = 0; i < point.length; i++) {
                point[i] = (float) random.nextGaussian();
            }
        }
        double[] point = {0.1, -0.2, 0.3, 0};

        Neighbours.Nearest nearest = new Neighbours(points).nearest(point, 7);

        int[] sorted = IntStream.range(0, points.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance(point, points[i])))
                .mapToInt(i -> i)
                .limit(7)
                .toArray();
        assertThat(nearest.protocols()).containsExactly(sorted);
        assertThat(nearest.distance()).isCloseTo(distance(point, points[sorted[6]]), within(1e-9));
    }

    @Test
    void shouldLookAtTheFirstFeaturesOnly() {
        Neighbours neighbours = new Neighbours(new float[][] {{0, 9}, {1, 0}});

        assertThat(neighbours.nearest(new double[] {0.1}, 1).protocols()).containsExactly(0);
        assertThat(neighbours.nearest(new double[] {0.1, 0}, 1).protocols()).containsExactly(1);
    }

    private static double distance(double[] point, float[] other) {
        return Math.sqrt(IntStream.range(0, point.length)
                .mapToDouble(i -> (point[i] - other[i]) * (point[i] - other[i]))
                .sum());
    }
}
