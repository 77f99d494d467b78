package io.patop.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InjectedFaultTest {

    @ParameterizedTest
    @EnumSource
    void whatIsDoneToWhomIsNotKnownYetNamesNobody(InjectedFault fault) {
        assertThat(fault.text()).doesNotContain("%s", ", it", "  ");
        assertThat(fault.text("patroni1")).contains("patroni1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DCS_STOP|stop the DCS",
                "DCS_SLOW|let the DCS send 16 kbit/s at most",
                "PARTITION_DCS|cut it off from the DCS"
            })
    void itReadsAsASentence(InjectedFault fault, String text) {
        assertThat(fault.text()).isEqualTo(text);
    }
}
