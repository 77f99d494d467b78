package io.patop.watch.bill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A change that would make such an outage shorter. It never breaks Patroni's own rules (documentation, "Dynamic
 * configuration settings"): ttl is loop_wait + 2 × retry_timeout at least, and each setting has a minimum.
 *
 * @param settings settings of the dynamic configuration with their new values; empty for a change elsewhere
 * @param change what to change
 * @param saves about how much less the outage would have taken, on average
 * @param price what it costs
 */
public record Advice(Map<String, Object> settings, String change, Duration saves, String price) {

    /** Patroni's least ttl, loop_wait and retry_timeout, in seconds. */
    private static final long LEAST_TTL = 20;

    private static final long LEAST_LOOP_WAIT = 1;
    private static final long LEAST_RETRY_TIMEOUT = 3;

    /** The loop_wait and retry_timeout below which no advice goes, since a busy DCS would be mistaken for a dead one. */
    private static final long BRISK = 5;

    private static final Duration WORTH_IT = Duration.ofSeconds(1);

    public Advice {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The advice on the time until a dead leader's key expires, the cheapest first; empty if nothing can be gained. */
    public static List<Advice> onKey(FailoverTiming now) {
        List<Advice> advice = new ArrayList<>();
        long loop = Math.max(LEAST_LOOP_WAIT, now.loopWait().toSeconds());
        long retry = Math.max(LEAST_RETRY_TIMEOUT, now.retryTimeout().toSeconds());
        add(advice, now, leastTtl(loop, retry), loop, retry);
        long briskLoop = Math.min(loop, BRISK);
        long briskRetry = Math.min(retry, BRISK);
        if (briskLoop < loop || briskRetry < retry) {
            add(advice, now, leastTtl(briskLoop, briskRetry), briskLoop, briskRetry);
        }
        return List.copyOf(advice);
    }

    private static long leastTtl(long loop, long retry) {
        return Math.max(LEAST_TTL, loop + 2 * retry);
    }

    private static void add(List<Advice> advice, FailoverTiming now, long ttl, long loop, long retry) {
        FailoverTiming then = new FailoverTiming(
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(loop),
                Duration.ofSeconds(retry),
                now.primaryStartTimeout(),
                now.failsafe(),
                now.checks(),
                now.pooler());
        Duration saves = now.meanExpiry().minus(then.meanExpiry());
        Duration before =
                advice.isEmpty() ? Duration.ZERO : advice.get(advice.size() - 1).saves();
        if (ttl >= now.ttl().toSeconds() || saves.minus(before).compareTo(WORTH_IT) < 0) {
            return;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("ttl", ttl);
        if (loop != now.loopWait().toSeconds()) {
            settings.put("loop_wait", loop);
        }
        if (retry != now.retryTimeout().toSeconds()) {
            settings.put("retry_timeout", retry);
        }
        String price = "a hiccup of more than " + (ttl - loop) + " s fails over ("
                + now.ttl().minus(now.loopWait()).toSeconds() + " s now)"
                + (settings.containsKey("retry_timeout")
                        ? ", and " + retry + " s without the DCS demote the leader ("
                                + now.retryTimeout().toSeconds() + " s now)"
                        : "");
        advice.add(new Advice(
                settings, named(settings) + " (ttl must stay ≥ loop_wait + 2 × retry_timeout)", saves, price));
    }

    /** The advice on the time until HAProxy routes to the new leader. */
    static Advice onRoute(Duration took, long rise) {
        return new Advice(
                Map.of(),
                "HAProxy: inter 1s fastinter 500ms on the servers of the leader's backend"
                        + (rise > 1 ? ", rise 1" : ""),
                took.minusSeconds(1),
                "each server is asked once a second");
    }

    /** The advice on the time that PgBouncer waits before it connects again. */
    static Advice onPool(Duration took) {
        return new Advice(
                Map.of(),
                "PgBouncer: server_login_retry 1",
                took.minusSeconds(1),
                "a server that refuses is asked once a second");
    }

    /** The advice on an outage of the DCS. */
    static Advice onDcs(Duration took) {
        return new Advice(
                Map.of("failsafe_mode", true),
                "failsafe_mode true (Patroni 3.0 and later)",
                took,
                "the leader goes on only while all members answer it");
    }

    /** The advice in one line. */
    public String text() {
        return change + gain() + "; " + price;
    }

    /** The advice without its price. */
    String shortText() {
        return (settings.isEmpty() ? change : named(settings)) + gain();
    }

    private String gain() {
        return ": about " + Math.round(saves.toMillis() / 1000.0) + " s less";
    }

    private static String named(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
