package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.PatroniVersion;
import io.patop.command.shell.CommandFailure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigPatchTest {

    private static final Map<String, Object> CONFIG = Map.of(
            "ttl", 30, "postgresql", Map.of("use_pg_rewind", true, "parameters", Map.of("max_connections", 100)));

    @Test
    void setsByPaths() {
        assertThat(ConfigPatch.with(
                        CONFIG, List.of("ttl=40", "postgresql.parameters.auto_explain.log_min_duration=1s")))
                .isEqualTo(Map.of(
                        "ttl",
                        40L,
                        "postgresql",
                        Map.of(
                                "use_pg_rewind",
                                true,
                                "parameters",
                                Map.of("max_connections", 100, "auto_explain.log_min_duration", "1s"))));
        assertThat(ConfigPatch.with(CONFIG, List.of("a.b.c=on"))).containsEntry("a", Map.of("b", Map.of("c", true)));
        assertThat(ConfigPatch.with(CONFIG, List.of("ttl.x=1"))).containsEntry("ttl", Map.of("x", 1L));
    }

    @Test
    void nullRemovesAndSoDoesAnEmptySection() {
        assertThat(ConfigPatch.with(CONFIG, List.of("ttl=null"))).doesNotContainKey("ttl");
        assertThat(ConfigPatch.with(CONFIG, List.of("postgresql.parameters.max_connections=")))
                .containsEntry("postgresql", Map.of("use_pg_rewind", true));
        assertThat(ConfigPatch.with(CONFIG, List.of("nothing.there=null"))).isEqualTo(CONFIG);
    }

    @Test
    void refusesWhatIsNoPair() {
        for (String wrong : List.of("ttl", "", "=3")) {
            assertThatThrownBy(() -> ConfigPatch.with(CONFIG, List.of(wrong)))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("Invalid parameter setting " + wrong);
        }
    }

    @Test
    void mergesAtAnyDepth() {
        assertThat(ConfigPatch.merged(
                        CONFIG,
                        Map.of("postgresql", Map.of("parameters", Map.of("work_mem", "8MB"), "use_slots", true))))
                .containsEntry(
                        "postgresql",
                        Map.of(
                                "use_pg_rewind",
                                true,
                                "use_slots",
                                true,
                                "parameters",
                                Map.of("max_connections", 100, "work_mem", "8MB")));
        assertThat(ConfigPatch.merged(CONFIG, Collections.singletonMap("ttl", null)))
                .doesNotContainKey("ttl");
    }

    @Test
    void theSmallestPatchLeadsFromOneToTheOther() {
        Map<String, Object> after =
                ConfigPatch.with(CONFIG, List.of("ttl=null", "postgresql.parameters.work_mem=8MB", "loop_wait=5"));
        Map<String, Object> patch = ConfigPatch.between(CONFIG, after);
        assertThat(patch).hasSize(3).containsEntry("ttl", null).containsEntry("loop_wait", 5L);
        assertThat(patch).containsEntry("postgresql", Map.of("parameters", Map.of("work_mem", "8MB")));
        assertThat(ConfigPatch.merged(CONFIG, patch)).isEqualTo(after);
        assertThat(ConfigPatch.between(CONFIG, CONFIG)).isEmpty();
        assertThat(ConfigPatch.between(Map.of("a", 1), Map.of("a", 1L))).isEmpty();
        assertThat(ConfigPatch.between(Map.of("a", Map.of("b", 1)), Map.of("a", 2)))
                .isEqualTo(Map.of("a", 2));
    }

    @Test
    void doubtsAreTold() {
        Optional<PatroniVersion> newest = PatroniVersion.parse("4.1.5");

        assertThat(ConfigDoubts.of(Map.of(), newest)).isEmpty();
        assertThat(ConfigDoubts.of(Map.of("ttl", "long"), newest))
                .containsExactly("ttl is a whole number of seconds, not long: Patroni will not heed it");
        assertThat(ConfigDoubts.of(Map.of("ttl", 20, "loop_wait", 10, "retry_timeout", 10), newest))
                .containsExactly("ttl (20) should be loop_wait + 2 * retry_timeout (30) or more: the leader may lose"
                        + " its key while the DCS is slow");
        assertThat(ConfigDoubts.of(Map.of("retry_timeout", 1), newest))
                .containsExactly("retry_timeout is 3 or more, not 1: Patroni will not heed it");
    }
    /** Patroni's minimums came with 3.2: 3.0.2 runs with a ttl of 10 (its own feature patroni_api sets that). */
    @Test
    void nodesBefore32UseSmallNumbers() {
        Map<String, Object> small = Map.of("ttl", 10, "loop_wait", 2, "retry_timeout", 2);

        assertThat(ConfigDoubts.of(small, PatroniVersion.parse("3.0.2"))).isEmpty();
        assertThat(ConfigDoubts.of(small, PatroniVersion.parse("3.2.0")))
                .containsExactly(
                        "ttl is 20 or more, not 10: Patroni will not heed it",
                        "retry_timeout is 3 or more, not 2: Patroni will not heed it");
        assertThat(ConfigDoubts.of(small, Optional.empty())).hasSize(2);
    }
}
