package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.probe.Clients.Period;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** To which period a client's write belongs. */
class ClientTallyTest {

    private final ClientTally tally = new ClientTally(3);

    @Test
    void aWriteWithinAPeriodIsThatPeriods() {
        write(0, 0, 2);
        tally.enter(Period.DURING);
        write(0, 10, 50);
        tally.enter(Period.AFTER);
        write(0, 60, 63);
        write(1, 60, 67);

        ClientLoad load = tally.take(nanos(100));
        assertThat(load.clients()).isEqualTo(3);
        assertThat(load.of(Period.BEFORE).writes()).isEqualTo(1);
        assertThat(load.of(Period.DURING).writes()).isEqualTo(1);
        assertThat(longest(load, Period.DURING)).isEqualTo(Duration.ofMillis(40));
        assertThat(load.of(Period.AFTER).writes()).isEqualTo(2);
        assertThat(longest(load, Period.AFTER)).isEqualTo(Duration.ofMillis(7));
    }

    /** It was held up by the fault, or may have been, even where it ends when all is well again. */
    @Test
    void aWriteAcrossTheBeginningOfAPeriodIsOneDuringTheFault() {
        tally.began(0, nanos(0));
        tally.began(1, nanos(0));
        tally.enter(Period.DURING);
        tally.acknowledged(0, nanos(30));
        tally.began(2, nanos(35));
        tally.enter(Period.AFTER);
        tally.acknowledged(1, nanos(40));
        tally.acknowledged(2, nanos(41));

        ClientLoad load = tally.take(nanos(50));
        assertThat(load.of(Period.DURING).writes()).isEqualTo(3);
        assertThat(longest(load, Period.DURING)).isEqualTo(Duration.ofMillis(40));
        assertThat(load.of(Period.BEFORE)).isEqualTo(ClientLoad.Counts.NONE);
        assertThat(load.of(Period.AFTER)).isEqualTo(ClientLoad.Counts.NONE);
    }

    /** Else the percentiles would be good because the slowest never came back. */
    @Test
    void whatStillWaitsInTheEndCountsWithWhatItHasWaitedAndOnlyOnce() {
        tally.began(0, nanos(0));
        tally.enter(Period.DURING);
        tally.enter(Period.AFTER);
        tally.began(1, nanos(8_995));

        ClientLoad load = tally.take(nanos(9_000));
        assertThat(load.of(Period.DURING).writes()).isZero();
        assertThat(load.of(Period.DURING).waiting()).isEqualTo(1);
        assertThat(longest(load, Period.DURING)).isEqualTo(Duration.ofSeconds(9));
        assertThat(load.of(Period.AFTER)).as("under way, as always").isEqualTo(ClientLoad.Counts.NONE);

        tally.acknowledged(0, nanos(9_500));
        tally.acknowledged(1, nanos(9_002));
        ClientLoad next = tally.take(nanos(9_600));
        assertThat(next.of(Period.BEFORE).writes()).isEqualTo(1);
        assertThat(longest(next, Period.BEFORE)).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void connectionsArePresentPeriods() {
        tally.refused();
        tally.enter(Period.DURING);
        tally.failed();
        tally.refused();
        tally.refused();
        tally.enter(Period.AFTER);
        tally.reconnected();

        ClientLoad load = tally.take(nanos(1));
        assertThat(load.of(Period.BEFORE).refused()).isEqualTo(1);
        assertThat(load.of(Period.DURING).refused()).isEqualTo(2);
        assertThat(load.of(Period.DURING).failed()).isEqualTo(1);
        assertThat(load.of(Period.AFTER).reconnects()).isEqualTo(1);
        assertThat(tally.take(nanos(2)).of(Period.BEFORE)).isEqualTo(ClientLoad.Counts.NONE);
    }

    private void write(int client, long from, long to) {
        tally.began(client, nanos(from));
        tally.acknowledged(client, nanos(to));
    }

    private static Duration longest(ClientLoad load, Period period) {
        return load.of(period).waits().orElseThrow().max();
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
