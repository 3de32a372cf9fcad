package org.ionstream.trainer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.junit.jupiter.api.Test;

class ErrorRowTest {
    private static final double RESTS = Double.NaN;

    private final ErrorRow.Measured measured = new ErrorRow.Measured(
            List.of("zero", "general", "general", "nap"),
            List.of(paper(0.1), paper(0.2), paper(0.4), paper(0.3)),
            List.of(),
            List.of(physical(RESTS, RESTS), physical(0.5, RESTS), physical(0.1, 0.3), physical(0.8, 0.6)));

    @Test
    void shouldGroupProtocolsBySubsetInTheirOrder() {
        List<ErrorRow> rows = ErrorRow.bySubset(measured);

        assertThat(rows).extracting(ErrorRow::name).containsExactly("zero", "general", "nap");
        assertThat(rows).extracting(ErrorRow::protocols).containsExactly(1, 2, 1);
        assertThat(rows.get(1).served().relativeL2().mean()).isCloseTo(0.3, within(1e-12));
        assertThat(rows.get(1).served().relativeH1().largest()).isCloseTo(4, within(1e-12));
        assertThat(rows.get(1).exported()).isNull();
    }

    @Test
    void shouldLeaveOutWhatRests() {
        List<ErrorRow> rows = ErrorRow.bySubset(measured);

        assertThat(rows.get(0).physical()).isNull();
        assertThat(rows.get(1).physical().relativeL2().mean()).isCloseTo((0.5 + 0.2) / 2, within(1e-12));
        assertThat(ErrorRow.all(measured).physical().relativeL2().count()).isEqualTo(3);
    }

    @Test
    void shouldTakeEachVariableOverAllProtocols() {
        List<ErrorRow> rows = ErrorRow.byVariable(measured, CellModels.FITZHUGH_NAGUMO_1961.variables());

        assertThat(rows).extracting(ErrorRow::name).containsExactly("V", "w");
        assertThat(rows.get(0).served().relativeL2().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(rows.get(1).served().relativeL2().mean()).isZero();
        assertThat(rows.get(1).physical().relativeL2().count()).isEqualTo(2);
        assertThat(rows.get(0).largestDifference().largest()).isEqualTo(7);
    }

    /** All of the error is in the first of two variables. */
    private static PaperError paper(double error) {
        double[] perVariable = {2 * error, 0};
        return new PaperError(error, error, 10 * error, perVariable, perVariable, perVariable);
    }

    private static PhysicalError physical(double first, double second) {
        double[] errors = {first, second};
        return new PhysicalError(errors, errors, errors, new double[] {0.1, 0.3}, new double[] {7, 1});
    }
}
