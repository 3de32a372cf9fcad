package org.ionstream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.ionstream.producer.PulseRanges;
import org.ionstream.producer.Range;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetGenerationTest {
    /** Some ten blocks of two protocols. */
    private static final DatasetRecipe RECIPE = Recipes.of(
            CellModels.FITZHUGH_NAGUMO_1961, DatasetRole.TRAINING, DatasetOrigin.PAPER, PulseRanges.NONE, 20, 18_000);

    private static final IntConsumer QUIET = written -> {};

    @TempDir
    private Path folder;

    private Path file;
    private Path partial;

    @BeforeEach
    void nameFiles() {
        file = folder.resolve("set.avro");
        partial = folder.resolve("set.avro.partial");
    }

    @Test
    void shouldMakeTheSameFileFromTheSameRecipeOnAnyNumberOfThreads() throws IOException {
        byte[] first = made(1);

        byte[] second = made(3);

        assertThat(second).isEqualTo(first);
        assertThat(partial).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.2, 0.5, 0.9, 0.9999, 1})
    void shouldGoOnAfterAKillWhereverTheFileEnds(double kept) throws IOException {
        byte[] whole = made(2);
        Files.write(partial, Arrays.copyOf(whole, (int) (kept * whole.length)));
        int[] first = {-1};

        byte[] resumed = made(2, written -> first[0] = first[0] < 0 ? written : first[0]);

        assertThat(resumed).isEqualTo(whole);
        assertThat(first[0]).isBetween((int) (kept * 20) - 4, (int) (kept * 20));
    }

    @Test
    void shouldGoOnAfterAStopAndOverGarbageAtTheEnd() throws IOException {
        byte[] whole = made(2);
        assertThatThrownBy(() -> made(2, written -> {
                    if (written == 13) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");
        Files.write(partial, new byte[100_000], StandardOpenOption.APPEND);
        assertThat(file).doesNotExist();

        byte[] resumed = made(2);

        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void shouldNotGoOnWithTheFileOfAnotherRecipe() throws IOException {
        byte[] whole = made(2);
        DatasetRecipe other = Recipes.paper(CellModels.FITZHUGH_NAGUMO_1961, DatasetRole.TRAINING, 20);
        Files.write(partial, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> new DatasetGeneration(1).run(other, DatasetProtocols.of(other), file, QUIET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set.avro.partial was begun with another recipe; repeat the command");

        Files.move(partial, folder.resolve("elsewhere"));
        Files.write(file, whole);
        assertThatThrownBy(() -> new DatasetGeneration(1).run(other, DatasetProtocols.of(other), file, QUIET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set.avro is there already, made by another recipe");
    }

    @Test
    void shouldLeaveAWholeFileOfTheSameRecipeAlone() throws IOException {
        byte[] whole = made(2);
        Files.write(file, whole);

        DatasetFile again = new DatasetGeneration(1).run(RECIPE, DatasetProtocols.of(RECIPE), file, written -> {
            throw new AssertionError("solved again");
        });

        assertThat(again.recipe()).isEqualTo(RECIPE);
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void shouldRefuseAFileThatAnotherWrites() throws IOException {
        try (FileChannel other = FileChannel.open(partial, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            assertThat(other.lock().isValid()).isTrue();

            assertThatThrownBy(() -> made(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is being written by someone else");
        }
    }

    @Test
    void shouldRefuseAnotherCellBeforeSolvingAny() {
        DatasetRecipe recipe = Recipes.of(
                CellModels.FITZHUGH_NAGUMO_1961, DatasetRole.TRAINING, DatasetOrigin.FILE, PulseRanges.NONE, 1, 50);
        StimulusProtocol longer = StimulusProtocol.newBuilder(
                        DatasetProtocols.of(RECIPE).get(0))
                .setHorizonMs(200)
                .build();

        assertThatThrownBy(() -> new DatasetGeneration(1).run(recipe, List.of(longer), file, QUIET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over 200.0 ms, the data set of fitzhugh-nagumo-1961 over 100.0 ms");
        assertThat(partial).doesNotExist();
    }

    @Test
    void shouldDrawSinglePulsesFromRanges() {
        PulseRanges ranges = new PulseRanges(new Range(5, 20), new Range(1, 2), new Range(0.5, 1));
        DatasetRecipe recipe =
                Recipes.of(CellModels.HODGKIN_HUXLEY_1952, DatasetRole.TRAINING, DatasetOrigin.PULSES, ranges, 100, 50);

        List<StimulusProtocol> protocols = DatasetProtocols.of(recipe);

        assertThat(protocols)
                .hasSize(100)
                .isEqualTo(DatasetProtocols.of(recipe))
                .allSatisfy(protocol -> {
                    Pulse pulse = protocol.getPulses().get(0);
                    assertThat(ranges.onsetMs().contains(pulse.getOnsetMs())).isTrue();
                    assertThat(ranges.durationMs().contains(pulse.getDurationMs()))
                            .isTrue();
                    assertThat(ranges.amplitude().contains(pulse.getAmplitude()))
                            .isTrue();
                });
    }

    @Test
    void shouldDrawOtherPacingForEachSetOfASeed() {
        PulseRanges ranges = new PulseRanges(null, null, new Range(0.7, 0.8));

        List<List<StimulusProtocol>> sets = Arrays.stream(DatasetRole.values())
                .map(set -> DatasetProtocols.of(
                        Recipes.of(CellModels.FITZHUGH_NAGUMO_1961, set, DatasetOrigin.PACING, ranges, 20, 50)))
                .toList();

        assertThat(sets.stream().flatMap(List::stream).map(StimulusProtocol::getPulses))
                .doesNotHaveDuplicates()
                .allSatisfy(pulses -> assertThat(pulses)
                        .hasSizeGreaterThan(1)
                        .allMatch(pulse -> ranges.amplitude().contains(pulse.getAmplitude())));
    }

    private byte[] made(int threads) throws IOException {
        return made(threads, QUIET);
    }

    private byte[] made(int threads, IntConsumer progress) throws IOException {
        DatasetFile made = new DatasetGeneration(threads).run(RECIPE, DatasetProtocols.of(RECIPE), file, progress);
        byte[] bytes = Files.readAllBytes(made.path());
        Files.delete(made.path());
        return bytes;
    }
}
