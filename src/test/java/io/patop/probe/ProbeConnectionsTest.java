package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeConnectionsTest {

    private static final long TIMEOUT = Duration.ofSeconds(2).toNanos();
    private static final long SPACING = TIMEOUT / ProbeConnections.MOST;

    private final ProbeConnections lane = new ProbeConnections(Duration.ofSeconds(2));
    private final List<String> aborted = new ArrayList<>();

    @Test
    void theConnectionThatAnsweredLastIsUsedAgain() {
        lane.add(connection("old"), 0);
        Connection newer = connection("new");
        lane.add(newer, 1);

        assertThat(lane.lease(2).orElseThrow().connection()).contains(newer);
    }

    @Test
    void whileOneHangsAnotherIsOpenedUpToTheMost() {
        for (int i = 0; i < ProbeConnections.MOST; i++) {
            assertThat(lane.lease(i * TIMEOUT).orElseThrow().connection()).isEmpty();
        }
        assertThat(lane.lease(ProbeConnections.MOST * TIMEOUT)).isEmpty();
        assertThat(lane.busy()).isEqualTo(ProbeConnections.MOST);

        lane.failed();
        assertThat(lane.lease(ProbeConnections.MOST * TIMEOUT)).isPresent();
    }

    /** Each costs the server time, of which it may have too little already. */
    @Test
    void theMoreHangTheRarerTheyAreOpened() {
        long now = 0;
        while (now < TIMEOUT) {
            lane.lease(now);
            now += SPACING / 4;
        }
        assertThat(lane.busy()).isBetween(8, 12);

        while (lane.busy() > 0) {
            lane.failed();
        }
        assertThat(lane.lease(now)).isPresent();
        assertThat(lane.lease(now + SPACING)).isPresent();
    }

    @Test
    void connectionsAreNotOpenedFasterThanTheyCouldHang() {
        assertThat(lane.lease(0)).isPresent();
        assertThat(lane.lease(SPACING / 2 - 1)).isEmpty();
        assertThat(lane.lease(SPACING / 2)).isPresent();
        assertThat(lane.lease(SPACING / 2 + SPACING - 1)).isEmpty();
        assertThat(lane.lease(SPACING / 2 + SPACING)).isPresent();
    }

    /** Else the end of an outage would be known no better than to the interval for hanging connections. */
    @Test
    void connectionsThatAreRefusedAtOnceAreOpenedAsOftenAsWritesAreDue() {
        for (int i = 0; i < 50; i++) {
            assertThat(lane.lease(i * SPACING / 4)).isPresent();
            lane.failed();
        }
    }

    @Test
    void afterAFailureThoseThatWaitAreEndedToo() {
        lane.add(connection("one"), 0);
        lane.add(connection("two"), 0);
        lane.lease(1);
        lane.failed();

        assertThat(aborted).containsExactly("one");
        assertThat(lane.lease(2).orElseThrow().connection()).isEmpty();
    }

    /** Seen at a promotion: the standby's open connection wrote 0.7 s before the first that was opened after it. */
    @Test
    void aStandbysConnectionIsTriedAgainInTurnWithNewOnes() {
        lane.lease(0);
        Connection standby = connection("standby");
        lane.refusedByStandby(standby);

        assertThat(lane.lease(2).orElseThrow().connection()).contains(standby);
        assertThat(lane.lease(2 + SPACING).orElseThrow().connection()).isEmpty();
        lane.refusedByStandby(standby);
        lane.refusedByStandby(connection("another"));
        assertThat(aborted).as("one at a time").containsExactly("standby");

        lane.lease(4 + SPACING);
        lane.succeeded(connection("primary"), 5 + SPACING);
        assertThat(lane.lease(6 + SPACING).orElseThrow().connection().orElseThrow())
                .hasToString("primary");
    }

    @Test
    void thoseThatNobodyNeedsAnyMoreAreEnded() {
        lane.add(connection("unused"), 0);
        lane.add(connection("used"), Duration.ofSeconds(11).toNanos());
        lane.lease(Duration.ofSeconds(12).toNanos());

        assertThat(aborted).containsExactly("unused");
    }

    private Connection connection(String name) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("abort")) {
                        aborted.add(name);
                    }
                    return switch (method.getName()) {
                        case "hashCode" -> name.hashCode();
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> name;
                        default -> null;
                    };
                });
    }
}
