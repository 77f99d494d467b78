package io.patop.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines only ask, which change something, and what can never be part of one. */
class ProxyCommandTest {

    @ParameterizedTest
    @CsvSource({
        "show stat, false",
        "show info;show servers state, false",
        "get weight leader/a, false",
        "help, false",
        "show stat;disable server leader/a, true",
        "disable server leader/a, true",
        "clear counters, true",
        "@1 show info, true",
        "SHOW stat, true",
        "quite new, true"
    })
    void whatIsNotKnownToBeHarmlessChanges(String line, boolean changes) {
        assertThat(ProxyCommand.typed(line).changes()).isEqualTo(changes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "prompt", "show info; quit", "add map x <<"})
    void whatCannotWorkFromHereIsRefused(String line) {
        assertThat(ProxyCommand.refusal(line)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leader", "leader/a;shutdown", "leader/a b", "leader/", "/a", "leader/a\nb", "leader/a/b"})
    void aNameThatHoldsMoreThanLettersIsNoServer(String name) {
        assertThat(ServerName.of(name)).isEmpty();
        assertThatThrownBy(() -> new ServerName("leader", "a;b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commandsAreHaproxysOwn() {
        ServerName server = new ServerName("leader", "patroni1");

        assertThat(ProxyCommand.drain(server).text()).isEqualTo("set server leader/patroni1 state drain");
        assertThat(ProxyCommand.weight(server, 256).text()).isEqualTo("set weight leader/patroni1 256");
        assertThatThrownBy(() -> ProxyCommand.weight(server, 257)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerToWhatIsDoneInSilenceIsARefusal() {
        assertThat(ProxyCommand.clearCounters(true).isRefusedBy("\n")).isFalse();
        assertThat(ProxyCommand.clearCounters(true).isRefusedBy("anything")).isTrue();
        assertThat(ProxyCommand.typed("set server a/b addr 10.0.0.1").isRefusedBy("IP changed from '10.0.0.2'"))
                .isFalse();
        assertThat(ProxyCommand.typed("set server a/b addr 10.0.0.1").isRefusedBy("Permission denied"))
                .isTrue();
    }
}
