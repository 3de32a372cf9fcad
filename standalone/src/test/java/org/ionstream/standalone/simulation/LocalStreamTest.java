package org.ionstream.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ionstream.producer.file.ProtocolDefaults;
import org.ionstream.reference.SolverSettings;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.Route;
import org.ionstream.schemas.message.Source;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalStreamTest {
    private static LocalStream stream;

    @BeforeAll
    static void load() {
        stream = new LocalStream(SolverSettings.LABELS, Double.POSITIVE_INFINITY);
        stream.load(OnnxModelFile.parse(
                BundledChampions.of(CellModels.FITZHUGH_NAGUMO_1961).orElseThrow()));
    }

    @AfterAll
    static void close() {
        stream.close();
    }

    @Test
    void shouldAnswerByTheRouteOfEachProtocol() {
        List<Answer> answers = stream.answer(List.of(
                protocol("a", Route.REFERENCE, 100),
                protocol("b", Route.SURROGATE, 100),
                protocol("c", Route.BOTH, 100)));

        assertThat(answers).extracting(answer -> answer.protocol().getId()).containsExactly("a", "b", "c");
        assertThat(answers)
                .extracting(answer -> answer.prediction().getSource())
                .containsExactly(Source.REFERENCE, Source.SURROGATE, Source.SURROGATE);
        assertThat(answers.get(0).solved()).isPresent();
        assertThat(answers.get(0).predicted()).isEmpty();
        assertThat(answers.get(1).solved()).isEmpty();
        assertThat(answers.get(2).solved()).isPresent();
        assertThat(answers.get(2).predicted()).isPresent();
    }

    @Test
    void shouldSayWhyTheReferenceAnswersInPlaceOfTheSurrogate() {
        Answer answer =
                stream.answer(List.of(protocol("a", Route.SURROGATE, 300))).get(0);

        assertThat(answer.isPredicted()).isFalse();
        assertThat(answer.solved().orElseThrow().grid().horizonMs()).isEqualTo(300);
        assertThat(answer.remark()).contains("horizon 300.0 ms is beyond the 100.0 ms of model");
    }

    @Test
    void shouldSayThatAProtocolIsUnlikeThoseOfTheCalibration() {
        StimulusProtocol train = StimulusProtocol.newBuilder(protocol("train", Route.SURROGATE, 100))
                .setPulses(List.of(new Pulse(0.0, 2.0, 0.5), new Pulse(40.0, 2.0, 0.5)))
                .build();

        assertThat(stream.answer(List.of(train)).get(0).remark()).contains("not to be relied on", "model");
    }

    @Test
    void shouldPrintHowFarSurrogateAndReferenceAreApart() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ComparisonText text = new ComparisonText(new PrintStream(out, true, StandardCharsets.UTF_8));

        stream.answer(List.of(protocol("near", Route.BOTH, 100), protocol("far", Route.BOTH, 300)))
                .forEach(text::print);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).startsWith("id").contains("rel. L2", "APD90");
        assertThat(lines.get(1)).startsWith("near").contains("of 2");
        assertThat(lines.get(2)).startsWith("far").contains("answered by REFERENCE, reason OUT_OF_RANGE");
    }

    private static StimulusProtocol protocol(String id, Route route, double horizonMs) {
        ProtocolDefaults defaults = new ProtocolDefaults(CellModels.FITZHUGH_NAGUMO_1961, horizonMs, null, 1);
        return StimulusProtocol.newBuilder(defaults.protocol(id, List.of(new Pulse(0.0, 5.0, 0.5))))
                .setRoute(route)
                .build();
    }
}
