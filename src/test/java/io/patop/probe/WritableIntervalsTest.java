package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WritableIntervalsTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Server OLD = new Server("10.0.0.1", 5432, START.minusSeconds(1000));
    private static final Server NEW = new Server("10.0.0.2", 5432, START.minusSeconds(2000));

    private final WritableIntervals reigns = new WritableIntervals();

    @Test
    void aFailoverIsNoRivalry() {
        assertThat(accepted(OLD, 0)).isEmpty();
        assertThat(accepted(OLD, 1)).isEmpty();
        assertThat(accepted(NEW, 5)).isEmpty();
        assertThat(accepted(NEW, 6)).isEmpty();
    }

    @Test
    void aServerThatComesBackAfterARestartIsNoRival() {
        accepted(OLD, 0);
        accepted(NEW, 5);

        assertThat(accepted(new Server(OLD.address(), OLD.port(), START.plusSeconds(8)), 10))
                .isEmpty();
    }

    @Test
    void aServerThatNeverWentAwayIsOne() {
        accepted(OLD, 0);
        accepted(NEW, 5);

        assertThat(accepted(OLD, 6)).contains(NEW);
    }

    @Test
    void aWriteThatWasUnderWayAlreadyProvesNothing() {
        accepted(OLD, 0);
        reigns.accepted(NEW, START.plusSeconds(5), START.plusSeconds(7));

        assertThat(reigns.accepted(OLD, START.plusSeconds(6), START.plusSeconds(8)))
                .isEmpty();
    }

    private Optional<Server> accepted(Server server, int second) {
        return reigns.accepted(
                server, START.plusSeconds(second), START.plusSeconds(second).plusMillis(3));
    }
}
