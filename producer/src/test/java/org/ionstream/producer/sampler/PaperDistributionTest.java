package org.ionstream.producer.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.Variations;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaperDistributionTest {
    static List<CellModel> cellModels() {
        return CellModels.all();
    }

    @Test
    void shouldHaveTheCountsOfTable6InFileOrder() {
        var paper = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961);

        assertThat(counts(paper.training(1)))
                .containsExactly(entry("zero", 20), entry("general", 2480), entry("nap", 500));
        assertThat(counts(paper.test(1)))
                .containsExactly(entry("zero", 10), entry("general", 285), entry("nap", 30), entry("t_fin", 50));
    }

    @Test
    void shouldHaveTheCountsOfTable9InFileOrder() {
        var paper = PaperDistribution.of(CellModels.HODGKIN_HUXLEY_1952);

        assertThat(counts(paper.training(1)))
                .containsExactly(
                        entry("zero", 20),
                        entry("general", 2380),
                        entry("nap", 100),
                        entry("i_high", 300),
                        entry("t_fin", 200));
        assertThat(counts(paper.validation(1)))
                .containsExactly(
                        entry("zero", 10),
                        entry("general", 275),
                        entry("nap", 30),
                        entry("i_high", 30),
                        entry("t_fin", 30));
    }

    @Test
    void shouldHaveTheCountsOfTable11InFileOrder() {
        var paper = PaperDistribution.of(CellModels.OHARA_RUDY_2011);

        assertThat(counts(paper.training(1)))
                .containsExactly(
                        entry("zero", 50),
                        entry("general", 2050),
                        entry("medium", 300),
                        entry("weak", 300),
                        entry("t_fin", 300));
        assertThat(counts(paper.test(1)))
                .containsExactly(
                        entry("zero", 15),
                        entry("general", 270),
                        entry("medium", 30),
                        entry("weak", 30),
                        entry("t_fin", 30));
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldDrawOnlyValidProtocolsWithinTheRangesOfTheirSubset(CellModel model) {
        var paper = PaperDistribution.of(model);
        Map<String, Subset> subsets =
                paper.subsets().stream().collect(Collectors.toMap(Subset::name, subset -> subset));

        List<StimulusProtocol> all = Stream.of(
                        paper.training(5), paper.validation(5), paper.test(5), endless(paper, 5, 500))
                .flatMap(List::stream)
                .toList();

        assertThat(all).allSatisfy(protocol -> {
            assertThatCode(() -> Stimulus.of(protocol)).doesNotThrowAnyException();
            assertThat(protocol.getHorizonMs()).isEqualTo(model.horizonMs());
            assertThat(protocol.getOutputStepMs()).isEqualTo(model.stepMs());
            Subset subset = subsets.get(protocol.getTags().get("subset"));
            if (subset.name().equals("zero")) {
                assertThat(protocol.getPulses()).isEmpty();
            } else {
                assertThat(protocol.getPulses()).singleElement().satisfies(pulse -> isWithin(pulse, subset));
            }
        });
    }

    @Test
    void shouldReachBothEndsOfARange() {
        var general = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961).training(3).stream()
                .filter(protocol -> protocol.getTags().get("subset").equals("general"))
                .map(protocol -> protocol.getPulses().get(0))
                .toList();

        var durations = general.stream().mapToDouble(Pulse::getDurationMs).summaryStatistics();
        var amplitudes = general.stream().mapToDouble(Pulse::getAmplitude).summaryStatistics();

        assertThat(durations.getMin()).isBetween(1.0, 1.5);
        assertThat(durations.getMax()).isBetween(99.5, 100.0);
        assertThat(amplitudes.getMin()).isBetween(0.1, 0.11);
        assertThat(amplitudes.getMax()).isBetween(1.99, 2.0);
        assertThat(amplitudes.getAverage()).isBetween(1.0, 1.1);
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldDrawTheSameFromTheSameSeedAndOthersFromAnother(CellModel model) {
        var paper = PaperDistribution.of(model);

        assertThat(paper.training(7)).isEqualTo(paper.training(7));
        assertThat(endless(paper, 7, 50)).isEqualTo(endless(paper, 7, 50));
        assertThat(pulses(paper.training(7))).doesNotContainAnyElementsOf(pulses(paper.training(8)));
    }

    @ParameterizedTest
    @MethodSource("cellModels")
    void shouldNeverDrawTheSamePulseIntoTwoSetsOfOneSeed(CellModel model) {
        var paper = PaperDistribution.of(model);

        List<Pulse> all = Stream.of(paper.training(7), paper.validation(7), paper.test(7), endless(paper, 7, 1_000))
                .flatMap(set -> pulses(set).stream())
                .toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveEveryProtocolItsOwnId() {
        var paper = PaperDistribution.of(CellModels.OHARA_RUDY_2011);

        List<String> ids = Stream.of(paper.training(7), paper.validation(7), paper.test(7), endless(paper, 7, 1_000))
                .flatMap(List::stream)
                .map(StimulusProtocol::getId)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.get(60)).isEqualTo("ohara-rudy-2011-training-7-general-10");
    }

    @Test
    void shouldScaleASetInItsProportions() {
        var paper = PaperDistribution.of(CellModels.HODGKIN_HUXLEY_1952);

        var small = paper.training(1, 150);
        var large = paper.training(1, 6_000);

        assertThat(counts(small))
                .containsExactly(
                        entry("zero", 1),
                        entry("general", 119),
                        entry("nap", 5),
                        entry("i_high", 15),
                        entry("t_fin", 10));
        assertThat(large).hasSize(6_000).containsAll(small);
        assertThat(paper.test(1, 0)).isEmpty();
    }

    @Test
    void shouldKeepTheTrainingProportionsInAnEndlessStream() {
        var paper = PaperDistribution.of(CellModels.OHARA_RUDY_2011);

        Map<String, Integer> counts = counts(endless(paper, 1, 30_000));

        assertThat(counts.get("zero")).isBetween(400, 600);
        assertThat(counts.get("general")).isBetween(20_000, 21_000);
        assertThat(counts.get("weak")).isBetween(2_800, 3_200);
    }

    @Test
    void shouldGiveOtherIdsToAnotherRun() {
        var paper = PaperDistribution.of(CellModels.FITZHUGH_NAGUMO_1961);

        StimulusProtocol one = paper.endless(1, "monday").next();
        StimulusProtocol other = paper.endless(1, "tuesday").next();

        assertThat(one.getId()).startsWith("monday-");
        assertThat(other.getId()).startsWith("tuesday-");
        assertThat(one.getPulses()).isEqualTo(other.getPulses());
    }

    @Test
    void shouldRefuseACellModelThePaperDoesNotHave() {
        var fhn = CellModels.FITZHUGH_NAGUMO_1961;
        var unknown =
                new CellModel("noble-1962", "Noble 1962", "", fhn.variables(), "uA/cm2", null, 500, 1, Variations.NONE);

        assertThatThrownBy(() -> PaperDistribution.of(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noble-1962")
                .hasMessageContaining("ohara-rudy-2011");
    }

    private static void isWithin(Pulse pulse, Subset subset) {
        assertThat(pulse.getOnsetMs()).isZero();
        assertThat(subset.amplitude().contains(pulse.getAmplitude())).isTrue();
        assertThat(subset.durationMs().contains(pulse.getDurationMs())).isTrue();
    }

    private static List<StimulusProtocol> endless(PaperDistribution paper, long seed, int count) {
        ProtocolSource source = paper.endless(seed, "run");
        return IntStream.range(0, count).mapToObj(i -> source.next()).toList();
    }

    private static List<Pulse> pulses(List<StimulusProtocol> protocols) {
        return protocols.stream()
                .flatMap(protocol -> protocol.getPulses().stream())
                .toList();
    }

    private static Map<String, Integer> counts(List<StimulusProtocol> protocols) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        protocols.forEach(protocol -> counts.merge(protocol.getTags().get("subset"), 1, Integer::sum));
        return counts;
    }

    private static Map.Entry<String, Integer> entry(String subset, int count) {
        return Map.entry(subset, count);
    }
}
