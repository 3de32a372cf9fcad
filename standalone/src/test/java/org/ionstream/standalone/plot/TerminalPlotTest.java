package org.ionstream.standalone.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPlotTest {
    @Test
    void shouldMarkAPeakThatIsOneSampleOfThousands() {
        float[] values = new float[5_000];
        values[2_500] = 1;

        List<String> lines =
                new TerminalPlot("V (mV)", 500, List.of(new TerminalPlot.Curve("reference", '*', values))).lines();

        assertThat(lines.get(0)).isEqualTo("V (mV)   * reference");
        assertThat(lines.get(1)).contains("1.000 |").endsWith("*");
        assertThat(lines.get(12)).contains("0.000 |***");
        assertThat(lines.get(14)).endsWith("500.0 ms");
    }

    @Test
    void shouldMarkWhereTwoCurvesAreAlike() {
        TerminalPlot.Curve solved = new TerminalPlot.Curve("reference", '*', new float[] {0, 1, 1});
        TerminalPlot.Curve predicted = new TerminalPlot.Curve("surrogate", 'o', new float[] {0, 1, 0.5f});

        List<String> lines = new TerminalPlot("w (1)", 3, List.of(solved, predicted)).lines();

        assertThat(lines.get(0)).contains("* reference, o surrogate, # both");
        assertThat(String.join("", lines)).contains("#", "*", "o");
    }
}
