package io.patop.watch.bill;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.DynamicConfig;
import io.patop.probe.Pooler;
import io.patop.time.TimeBounds;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Failover.SelfDemotion;
import io.patop.watch.model.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BillTest {

    private static final Instant BEGAN = Instant.parse("2026-11-24T12:00:00Z");
    private static final FailoverTiming DEFAULTS = timing(30, 10, 10);

    @Test
    void aKilledLeadersTimeIsThatOfItsKey() {
        Bill bill = Bill.of(change(Phase.LEADER_LOST, 20_100, 21_000, 27_000), Optional.empty(), DEFAULTS)
                .orElseThrow();

        assertThat(bill.pieces())
                .extracting(Bill.Piece::text)
                .containsExactly(
                        "20.1 s until the key expired: ttl 30 s, less up to loop_wait 10 s since the last renewal",
                        "0.9 s until it was promoted: no setting, as measured on real clusters",
                        "6.0 s until HAProxy routed there: HAProxy's inter × rise");
        assertThat(bill.total()).isEqualTo(Duration.ofSeconds(27));
        assertThat(bill.advice())
                .extracting(Advice::text)
                .containsExactly(
                        "HAProxy: inter 1s fastinter 500ms on the servers of the leader's backend, rise 1: about 5 s"
                                + " less; each server is asked once a second",
                        "ttl 20, loop_wait 5, retry_timeout 5 (ttl must stay ≥ loop_wait + 2 × retry_timeout): about"
                                + " 8 s less; a hiccup of more than 15 s fails over (20 s now), and 5 s without the DCS"
                                + " demote the leader (10 s now)");
    }

    @Test
    void aLeaderThatStoppedGaveItsKeyAway() {
        Bill bill = Bill.of(change(Phase.LEADER_STOPPING, 2_400, 3_000, 3_500), Optional.empty(), DEFAULTS)
                .orElseThrow();

        assertThat(bill.pieces()).extracting(Bill.Piece::stage).startsWith(Stage.KEY_RELEASED, Stage.PROMOTION);
        assertThat(bill.advice()).isEmpty();
    }

    @Test
    void behindAPoolerTheTimeAfterTheRouteIsThatOfItsStaleConnections() {
        FailoverTiming pooled =
                behind(new Pooler(Optional.of("PgBouncer 1.18.0"), Optional.of(Duration.ofSeconds(15))));
        Failover change = change(Phase.LEADER_STOPPING, 2_400, 3_000, 3_500)
                .with(Phase.POOL_SERVES, BEGAN.plusMillis(14_500))
                .with(Phase.FIRST_WRITE, BEGAN.plusMillis(14_500));
        Bill bill = Bill.of(change, Optional.empty(), pooled).orElseThrow();

        assertThat(bill.pieces().get(bill.pieces().size() - 1).text())
                .isEqualTo("11.0 s until stale pool connections were gone and a write was acknowledged: PgBouncer's"
                        + " server_login_retry 15 s since its last failed try");
        assertThat(bill.advice())
                .extracting(Advice::text)
                .containsExactly(
                        "PgBouncer: server_login_retry 1: about 10 s less; a server that refuses is asked once a"
                                + " second");
        assertThat(Bill.of(change.without(Phase.POOL_SERVES), Optional.empty(), DEFAULTS)
                        .orElseThrow()
                        .pieces())
                .extracting(Bill.Piece::stage)
                .contains(Stage.FIRST_WRITE)
                .doesNotContain(Stage.POOL);
    }

    @Test
    void whatIsNotKnownOfAPoolerIsSaidToBeUnknown() {
        FailoverTiming pooled = behind(new Pooler(Optional.empty(), Optional.empty()));
        Failover unseen = change(Phase.LEADER_STOPPING, 2_400, 3_000, 3_500)
                .without(Phase.PROXY_ROUTES)
                .with(Phase.FIRST_WRITE, BEGAN.plusMillis(14_500));
        Failover seen = change(Phase.LEADER_STOPPING, 2_400, 3_000, 3_500)
                .with(Phase.POOL_SERVES, BEGAN.plusMillis(14_500))
                .with(Phase.FIRST_WRITE, BEGAN.plusMillis(14_500));

        assertThat(last(seen, pooled))
                .endsWith(": the pooler's settings are unknown; PgBouncer's server_login_retry is 15 s by default");
        assertThat(last(unseen, pooled))
                .isEqualTo("11.5 s until a write was acknowledged: the client's next try, stale pool connections or"
                        + " HAProxy's checks, not told apart");
        assertThat(Bill.of(seen, Optional.empty(), pooled).orElseThrow().advice())
                .isEmpty();
    }

    /** After its last failed try before the route, PgBouncer waits for as long as that at most. */
    @Test
    void anOutageBehindAPoolerIsForecastToLastUpToItsRetry() {
        FailoverTiming pooled = behind(new Pooler(Optional.empty(), Optional.of(Duration.ofSeconds(8))));
        Estimate direct = LeaderFailure.STOPPED.estimate(new FailoverTerms(DEFAULTS, Spread.NONE), DEFAULTS);
        Estimate through = LeaderFailure.STOPPED.estimate(new FailoverTerms(pooled, Spread.NONE), pooled);

        assertThat(through.least()).isEqualTo(direct.least());
        assertThat(through.most())
                .isBetween(direct.most().plusSeconds(5), direct.most().plusSeconds(8));
    }

    private static String last(Failover change, FailoverTiming timing) {
        List<Bill.Piece> pieces =
                Bill.of(change, Optional.empty(), timing).orElseThrow().pieces();
        return pieces.get(pieces.size() - 1).text();
    }

    private static FailoverTiming behind(Pooler pooler) {
        return new FailoverTiming(
                DEFAULTS.ttl(),
                DEFAULTS.loopWait(),
                DEFAULTS.retryTimeout(),
                DEFAULTS.primaryStartTimeout(),
                false,
                DEFAULTS.checks(),
                Optional.of(pooler));
    }

    @Test
    void anOutageOfTheDcsIsNotTheLeadersStop() {
        Failover lost = change(Phase.LEADER_STOPPING, 29_800, 30_000, 30_100).withSelfDemotion(SelfDemotion.DCS_LOST);
        Bill bill = Bill.of(lost, Optional.empty(), DEFAULTS).orElseThrow();

        assertThat(bill.pieces().get(0).text())
                .isEqualTo("29.8 s while the DCS could not be read: the leader demotes itself after retry_timeout 10 s"
                        + " unless failsafe_mode is on");
        assertThat(bill.advice()).extracting(Advice::settings).containsExactly(Map.of("failsafe_mode", true));
    }

    /** 4.1.5, the leader cut off from etcd: 12.4 s from its own stop to the end of its key, and no checkpoint ruled it. */
    @Test
    void aLeaderThatWasCutOffFromTheDcsDidNotReleaseItsKey() {
        Failover cut =
                change(Phase.LEADER_STOPPING, 12_400, 13_400, 13_400).withSelfDemotion(SelfDemotion.CUT_OFF_FROM_DCS);
        Bill bill = Bill.of(cut, Optional.empty(), timing(20, 2, 5)).orElseThrow();

        assertThat(bill.pieces().get(0).text())
                .isEqualTo("12.4 s until the key of the leader, which could not reach the DCS, expired: ttl 20 s since"
                        + " the last renewal, less retry_timeout 5 s and up to loop_wait 2 s, after which the leader"
                        + " demoted itself");
        assertThat(bill.advice()).isEmpty();
    }

    @Test
    void whatIsOnIsNotAdvised() {
        FailoverTiming on = new FailoverTiming(
                DEFAULTS.ttl(),
                DEFAULTS.loopWait(),
                DEFAULTS.retryTimeout(),
                DEFAULTS.primaryStartTimeout(),
                true,
                DEFAULTS.checks(),
                Optional.empty());
        Failover lost = change(Phase.LEADER_STOPPING, 29_800, 30_000, 30_100).withSelfDemotion(SelfDemotion.DCS_LOST);

        assertThat(Bill.of(lost, Optional.empty(), on).orElseThrow().advice()).isEmpty();
    }

    @Test
    void aLongTtlIsTheCheapestToShorten() {
        assertThat(Advice.onKey(timing(60, 10, 10)))
                .extracting(Advice::settings)
                .containsExactly(Map.of("ttl", 30L), Map.of("ttl", 20L, "loop_wait", 5L, "retry_timeout", 5L));
        assertThat(Advice.onKey(timing(60, 10, 10)).get(0).price())
                .isEqualTo("a hiccup of more than 20 s fails over (50 s now)");
        assertThat(Advice.onKey(timing(20, 5, 5))).isEmpty();
    }

    @Property
    void adviceNeverBreaksPatronisRules(
            @ForAll @IntRange(min = 20, max = 600) int ttl,
            @ForAll @IntRange(min = 1, max = 120) int loopWait,
            @ForAll @IntRange(min = 3, max = 120) int retryTimeout) {
        for (Advice advice : Advice.onKey(timing(ttl, loopWait, retryTimeout))) {
            long newTtl = (long) advice.settings().getOrDefault("ttl", (long) ttl);
            long loop = (long) advice.settings().getOrDefault("loop_wait", (long) loopWait);
            long retry = (long) advice.settings().getOrDefault("retry_timeout", (long) retryTimeout);

            assertThat(newTtl).isGreaterThanOrEqualTo(loop + 2 * retry).isGreaterThanOrEqualTo(20);
            assertThat(newTtl).isLessThan(ttl);
            assertThat(loop).isBetween(1L, (long) loopWait);
            assertThat(retry).isBetween(3L, (long) retryTimeout);
            assertThat(advice.saves()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    private static Failover change(Phase first, long free, long promoted, long routes) {
        return Failover.begun(
                        "a", Optional.empty(), first, BEGAN, Optional.empty(), Optional.of(TimeBounds.exactly(BEGAN)))
                .with(Phase.NEW_LEADER, BEGAN.plusMillis(free))
                .withNewLeader("b")
                .with(Phase.PROMOTED, BEGAN.plusMillis(promoted))
                .with(Phase.PROXY_ROUTES, BEGAN.plusMillis(routes));
    }

    private static FailoverTiming timing(int ttl, int loopWait, int retryTimeout) {
        return FailoverTiming.of(
                new DynamicConfig(Map.of("ttl", ttl, "loop_wait", loopWait, "retry_timeout", retryTimeout)),
                List.of(),
                Optional.empty());
    }
}
