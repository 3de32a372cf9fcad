package org.ionstream.reference.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Parameters parameters = new Parameters(Map.of("gK", 36.0, "gNa", 120.0));

    @Test
    void shouldChangeWhatIsNamedOnly() {
        Parameters changed = parameters.with("gK", 18);

        assertThat(changed.of("gK")).isEqualTo(18);
        assertThat(changed.of("gNa")).isEqualTo(120);
        assertThat(parameters.of("gK")).isEqualTo(36);
    }

    @Test
    void shouldRefuseAnUnknownNameAndAValueThatIsNotFinite() {
        assertThatThrownBy(() -> parameters.with("gCa", 1)).hasMessage("no parameter 'gCa'; there are [gK, gNa]");
        assertThatThrownBy(() -> parameters.with("gK", Double.NaN))
                .hasMessage("parameter gK is NaN; it must be finite");
    }
}
