package org.ionstream.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.TinyModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChampionsTest {
    private static final String CELL = TinyModel.CELL.id();

    private final FakeLog log = new FakeLog();
    private final ReleaseLoader loader = new ReleaseLoader(log.artifacts(), FakeLog.CPU);
    private final Champions champions = new Champions();

    @AfterEach
    void close() {
        champions.close();
    }

    @Test
    void shouldServeAnOfferedChampionFromTheNextBatchOn() {
        champions.offer(champion("tiny-1", 1));
        assertThat(champions.of(CELL)).isEmpty();

        champions.takeOffered();

        assertThat(champions.of(CELL))
                .map(Champion::release)
                .map(ModelRelease::getModelId)
                .contains("tiny-1");
        assertThat(champions.releases()).containsOnlyKeys(CELL);
        assertThat(champions.swaps()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheChampionInHandOpenUntilTheNextBatch() {
        champions.offer(champion("tiny-1", 1));
        champions.takeOffered();
        Champion inHand = champions.of(CELL).orElseThrow();

        champions.offer(champion("tiny-2", 2));
        float[][][] predicted = inHand.predictor().predict(ones());

        assertThat(predicted[0][0][0]).isEqualTo(1);
    }

    @Test
    void shouldServeTheLastOfSeveralOfferedBetweenTwoBatches() {
        champions.offer(champion("tiny-1", 1));
        champions.offer(champion("tiny-2", 2));
        champions.offer(champion("tiny-3", 3));

        champions.takeOffered();

        assertThat(champions.of(CELL).orElseThrow().predictor().predict(ones())[0][0][0])
                .isEqualTo(3);
        assertThat(champions.swaps()).isEqualTo(1);
    }

    @Test
    void shouldSwapFiftyTimesWithoutLeavingFilesOrThreads() throws IOException {
        champions.offer(champion("tiny-0", 1));
        champions.takeOffered();
        Set<Path> filesBefore = temporaryFiles();
        int threadsBefore = Thread.activeCount();

        for (int swap = 1; swap <= 50; swap++) {
            champions.offer(champion("tiny-" + swap, swap));
            champions.takeOffered();
            float[][][] predicted = champions.of(CELL).orElseThrow().predictor().predict(ones());
            assertThat(predicted[0][0][0]).isEqualTo(swap);
        }

        Set<Path> left = temporaryFiles();
        left.removeAll(filesBefore);
        assertThat(left).as("some may be of other processes").hasSizeLessThan(10);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 2);
        assertThat(champions.swaps()).isEqualTo(51);
    }

    private Champion champion(String modelId, float gain) {
        return loader.load(log.release(TinyModel.bytes(modelId, gain, 0)));
    }

    private static float[][] ones() {
        float[][] ones = new float[1][TinyModel.SAMPLES];
        Arrays.fill(ones[0], 1);
        return ones;
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("(ort|onnx).*"))
                    .collect(Collectors.toSet());
        }
    }
}
