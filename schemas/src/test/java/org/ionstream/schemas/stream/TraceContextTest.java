package org.ionstream.schemas.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    /** The example of the recommendation, section 3.2. */
    private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** The grammar of section 3.2.2 and the rules about later versions of section 4.3. */
    private static final Pattern GRAMMAR = Pattern.compile("(00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
            + "|(?!00|ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?)");

    @Test
    void shouldReadTheExampleOfTheRecommendation() {
        TraceContext trace = TraceContext.parse(EXAMPLE, "congo=t61rcWkgMzE").orElseThrow();

        assertThat(trace.parent()).isEqualTo(EXAMPLE);
        assertThat(trace.span()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.state()).isEqualTo("congo=t61rcWkgMzE");
    }

    @Test
    void shouldReadBackWhatItWrites() {
        for (int i = 0; i < 1_000; i++) {
            TraceContext trace = TraceContext.begun();

            assertThat(trace.parent()).matches(GRAMMAR);
            assertThat(TraceContext.parse(trace.parent(), "")).contains(trace);
        }
    }

    @Test
    void shouldStayInTheTraceWithEachChildAndGiveItASpanOfItsOwn() {
        TraceContext parent =
                TraceContext.parse(EXAMPLE.replace("-01", "-00"), "a=1").orElseThrow();

        TraceContext child = parent.child();

        assertThat(child.parent())
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .endsWith("-00");
        assertThat(child.span()).isNotEqualTo(parent.span());
        assertThat(child.state()).isEqualTo("a=1");
        assertThat(child.child().span()).isNotEqualTo(child.span());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void shouldFindNoneWhereTheRulesAreBroken(String parent) {
        assertThat(TraceContext.parse(parent, "")).isEmpty();
    }

    @Test
    void shouldReadALaterVersionAsFarAsItKnowsIt() {
        assertThat(TraceContext.parse("cc" + EXAMPLE.substring(2) + "-what-comes", ""))
                .map(TraceContext::parent)
                .contains(EXAMPLE);
    }

    /** Against the grammar as a regular expression. */
    @Test
    void shouldAgreeWithTheGrammarAtChangedAndRandomTexts() {
        SplittableRandom random = new SplittableRandom(1);
        String letters = "0123456789abcdef-fF0gG\u00e9 ";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? EXAMPLE : EXAMPLE + "-x");
            for (int k = random.nextInt(4); k > 0; k--) {
                int at = random.nextInt(text.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, letter);
                    default -> text.setCharAt(at, letter);
                }
            }

            assertThat(TraceContext.parse(text.toString(), "").isPresent())
                    .as(text.toString())
                    .isEqualTo(GRAMMAR.matcher(text).matches());
        }
    }

    @Test
    void shouldBeginATraceForARecordWithoutAOneThatCanBeRead() {
        byte[] bytes = {(byte) 0xff, 0, -1};
        Headers malformed = new RecordHeaders().add(TraceContext.PARENT, bytes);
        Headers empty = new RecordHeaders().add(TraceContext.PARENT, null);
        Headers longState = new RecordHeaders()
                .add(TraceContext.PARENT, EXAMPLE.getBytes(StandardCharsets.UTF_8))
                .add(TraceContext.STATE, new byte[600]);

        assertThat(TraceContext.of(malformed).parent()).matches(GRAMMAR);
        assertThat(TraceContext.of(empty).parent()).matches(GRAMMAR);
        assertThat(TraceContext.of(new RecordHeaders())).isNotEqualTo(TraceContext.of(new RecordHeaders()));
        assertThat(TraceContext.of(longState).parent()).isEqualTo(EXAMPLE);
        assertThat(TraceContext.of(longState).state()).isEmpty();
    }
}
