package org.ionstream.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkPrecisionTest {
    private static final List<WorkPrecision.Point> ANCHOR = List.of(point(1e-4, 100), point(1e-6, 1));

    @Test
    void shouldReadTheAnchorOffItsCurveInLogarithms() {
        WorkPrecision.Comparison comparison = WorkPrecision.Comparison.of(point(1e-5, 50), ANCHOR);

        assertThat(comparison.anchorSolvesPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(comparison.timesFaster()).isCloseTo(5, within(1e-9));
    }

    @Test
    void shouldTakeTheLoosestAnchorWhereEvenThatIsMoreExact() {
        WorkPrecision.Comparison comparison = WorkPrecision.Comparison.of(point(1e-3, 50), ANCHOR);

        assertThat(comparison.timesFaster()).isEqualTo(0.5);
    }

    @Test
    void shouldCompareWithNothingWhereTheAnchorIsNeverSoExact() {
        WorkPrecision.Comparison comparison = WorkPrecision.Comparison.of(point(1e-7, 50), ANCHOR);

        assertThat(comparison.anchorSolvesPerSecond()).isNull();
        assertThat(comparison.timesFaster()).isNull();
    }

    @Test
    void shouldNameTheLoosestToleranceThatIsExactEnough() {
        List<WorkPrecision.Point> reference = List.of(point(1e-4, 300), point(1e-6, 200), point(1e-8, 100));
        WorkPrecision measured = new WorkPrecision(
                "",
                1,
                1,
                "",
                0,
                reference,
                ANCHOR,
                reference.stream()
                        .map(point -> WorkPrecision.Comparison.of(point, ANCHOR))
                        .toList());

        assertThat(measured.at(2e-6).orElseThrow().reference()).isEqualTo(reference.get(1));
        assertThat(measured.at(1e-9)).isEmpty();
    }

    @Test
    void shouldSummariseErrorsOverVariablesAndProtocols() {
        Errors errors = Errors.of(new double[][] {{1, 3}, {2, 4}, {3, 11}}, List.of("V", "w"));

        assertThat(errors).isEqualTo(new Errors(4, 3, 7, 11, "w", 2));
    }

    private static WorkPrecision.Point point(double error, double solvesPerSecond) {
        return new WorkPrecision.Point(
                "", 1, Spread.of(solvesPerSecond), 1, 1, new Errors(error, error, error, error, "V", error));
    }
}
