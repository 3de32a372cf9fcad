package org.ionstream.trainer.fno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentGridTest {
    private static final int SAMPLES = 500;
    private static final int LATENT = 40;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3})
    void shouldKeepTheMeanOfASignal(double early) {
        LatentGrid grid = grid(early);
        float[] pooling = grid.pooling();
        double[] edges = grid.edges();

        double mean = 0;
        for (int j = 0; j < LATENT; j++) {
            double sumOfShares = 0;
            for (int i = 0; i < SAMPLES; i++) {
                sumOfShares += pooling[i * LATENT + j];
                mean += pooling[i * LATENT + j] * signal((i + 0.5) / SAMPLES) * (edges[j + 1] - edges[j]);
            }
            assertThat(sumOfShares).isCloseTo(1, within(1e-5));
        }

        double expected = 0;
        for (int i = 0; i < SAMPLES; i++) {
            expected += signal((i + 0.5) / SAMPLES) / SAMPLES;
        }
        assertThat(mean).isCloseTo(expected, within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3})
    void shouldPutSmoothSignalsBackInTheirPlace(double early) {
        LatentGrid grid = grid(early);
        float[] refinement = grid.refinement(new LatentGrid.Samples(0, 1, SAMPLES));
        double[] latentSignal = new double[LATENT];
        for (int j = 0; j < LATENT; j++) {
            latentSignal[j] = Math.sin(2 * Math.PI * 3 * j / LATENT);
        }

        for (int i = 0; i < SAMPLES; i++) {
            double refined = 0;
            for (int j = 0; j < LATENT; j++) {
                refined += latentSignal[j] * refinement[j * SAMPLES + i];
            }
            double layersTime = grid.layersTime((double) i / SAMPLES);
            assertThat(refined).isCloseTo(Math.sin(2 * Math.PI * 3 * layersTime), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3})
    void shouldHaveCellsTwiceAsLongAfterTheEarlyShare(double early) {
        double[] edges = new LatentGrid(1e-3, 1000, 4000, 4000, early, 1).edges();
        int later = (int) Math.round(new LatentGrid(1e-3, 1000, 4000, 4000, early, 1).layersTime(early) * 4000);

        double atFirst = edges[1] - edges[0];
        double after = edges[later + 1] - edges[later];

        assertThat(edges[4000]).isCloseTo(1, within(1e-12));
        assertThat(after / atFirst).isCloseTo(2, within(0.01));
    }

    private static LatentGrid grid(double early) {
        return new LatentGrid(1.0 / SAMPLES, SAMPLES, LATENT, LATENT, early, 1);
    }

    private static double signal(double time) {
        return Math.exp(-20 * time) + time * time;
    }
}
