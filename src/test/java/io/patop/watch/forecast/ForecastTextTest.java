package io.patop.watch.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.FailoverTerms;
import io.patop.watch.bill.FailoverTiming;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.bill.Spread;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTextTest {

    private static final FailoverTiming TIMING = new FailoverTiming(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(300),
            false,
            Optional.of(new FailoverTiming.ProxyChecks(Optional.of(1L), Optional.of(2L))),
            Optional.empty());

    @Test
    void theLineIsAsLongAsFits() {
        Forecast forecast = takeover(
                List.of("patroni3"), new Risk(false, Optional.of(49_152L), Optional.of(Duration.ofMillis(400))));

        assertThat(forecast.lines())
                .containsExactly(
                        "If patroni1 died now: written to again in 19 to 37 s (stopped cleanly: 1 to 10 s), by patroni3"
                                + " · at risk: 48 kB, the last 0.4 s · unknown: inter of HAProxy",
                        "If patroni1 died now: written to again in 19 to 37 s (stopped cleanly: 1 to 10 s; inter?), by"
                                + " patroni3 · at risk: 48 kB, the last 0.4 s",
                        "If patroni1 died: 19 to 37 s (clean 1 to 10; inter?), by patroni3 · at risk 48 kB, 0.4 s",
                        "If patroni1 died: 19 to 37 s (clean 1 to 10; inter?) · at risk 48 kB, 0.4 s",
                        "If the leader died: 19 to 37 s, inter? · at risk 48 kB, 0.4 s");
    }

    @Test
    void whoeverMayTakeOverIsNamedOrCounted() {
        Risk none = new Risk(true, Optional.empty(), Optional.empty());

        assertThat(takeover(List.of("b", "c"), none).lines().get(0))
                .contains("by b or c · at risk: nothing, commits are synchronous");
        assertThat(takeover(List.of("b", "c", "d"), none).lines().get(0)).contains("by one of 3 members");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThat(new Forecast.Unknown("nobody leads now").lines())
                .containsExactly("If the leader died now: not known, nobody leads now");
        assertThat(new Forecast.Nobody("a", "there is no other member").lines())
                .contains("If a died now: NOBODY CAN TAKE OVER: there is no other member");
        assertThat(new Risk(false, Optional.empty(), Optional.empty()).text())
                .isEqualTo("unknown, a position is missing");
    }

    @Test
    void eachTermIsExplainedWithItsSource() {
        assertThat(takeover(List.of("b"), new Risk(false, Optional.of(0L), Optional.empty()))
                        .explanation())
                .contains(
                        "If it is killed: 19 to 37 s, made up of",
                        "  19.5 to 31.0 s until the key expired: ttl 30 s, less up to loop_wait 10 s since the last"
                                + " renewal",
                        "  0.0 to 2.5 s until HAProxy routed there: HAProxy's inter × rise 1; inter is unknown, 2 s is"
                                + " its default");
    }

    private static Forecast takeover(List<String> successors, Risk risk) {
        Map<LeaderFailure, Estimate> times = new EnumMap<>(LeaderFailure.class);
        for (LeaderFailure failure : LeaderFailure.values()) {
            times.put(failure, failure.estimate(new FailoverTerms(TIMING, Spread.NONE), TIMING));
        }
        return new Forecast.Takeover("patroni1", successors, times, risk, List.of("inter"));
    }
}
