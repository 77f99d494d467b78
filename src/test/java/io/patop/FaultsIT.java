package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Faults on a real cluster, looked at by other means than patop's, and mended from the journal after patop was killed
 * with SIGKILL. A fault of each means, since all of them take a quarter of an hour: {@code src/test/cluster/faults}.
 */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class FaultsIT {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final RealCluster cluster;

    FaultsIT(RealCluster cluster) {
        this.cluster = cluster;
    }

    /** By a packet filter, by a signal to Patroni and to PostgreSQL, by sessions, and by a frozen container. */
    @Test
    @Tag("forky")
    void patopIsKilledWhileTheFaultLasts() throws IOException {
        eachIsMended("late", "partition-dcs", "patroni-hang", "postgres-hang", "connections", "dcs-freeze");
    }

    /** Whether or not it had been caused by then. */
    @Test
    void patopIsKilledAsSoonAsTheJournalHasIt() throws IOException {
        eachIsMended("early", "partition", "memory", "proxy-stop");
    }

    private void eachIsMended(String killed, String... faults) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("env", "PATOP_FAULTS_KILL=" + killed, "src/test/cluster/faults"));
        command.addAll(List.of(faults));
        String told = cluster.inside(LONG, command.toArray(String[]::new));
        System.out.print(told);
        assertThat(told.lines()
                        .filter(line -> line.contains("mended; whole"))
                        .map(line -> line.replaceFirst(" .*", "")))
                .containsExactly(faults);
    }
}
