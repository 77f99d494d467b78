package io.patop.watch.bill;

import io.patop.probe.Pooler;
import io.patop.text.DurationText;
import io.patop.watch.model.Failover;
import io.patop.watch.model.Outage;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProbeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the time of an outage went: its pieces, each with the setting that rules it, and what would have made it shorter.
 *
 * @param pieces in their order
 * @param advice the cheapest first
 */
public record Bill(List<Piece> pieces, List<Advice> advice) {

    /** Shortest piece that is told. */
    private static final Duration SHORTEST = Duration.ofMillis(50);

    /** Shortest piece whose rule is told in one sentence with the others. */
    private static final Duration WORTH_A_RULE = Duration.ofSeconds(1);

    /** How much earlier than its rest of life a key can be gone and still have expired. */
    private static final Duration EARLY = Duration.ofSeconds(2);

    /** HAProxy's or a pooler's share of an outage from which on its settings are worth changing. */
    private static final Duration SLOW_ROUTE = Duration.ofSeconds(2);

    /**
     * A piece of an outage.
     *
     * @param stage the stage
     * @param took its length
     * @param rule the setting that rules it
     */
    public record Piece(Stage stage, Duration took, String rule) {
        /** The piece in one line: {@code 20.1 s until the key expired: ttl 30 s, …}. */
        public String text() {
            return shortText() + ": " + rule;
        }

        String shortText() {
            return DurationText.text(took) + " " + stage.text();
        }
    }

    public Bill {
        pieces = List.copyOf(pieces);
        advice = List.copyOf(advice);
    }

    /**
     * Whether all is known that a bill needs: the leader was promoted, and writing is possible as far as is watched.
     *
     * @param change the change of leader
     * @param isProbed whether a write probe runs
     * @param isProxied whether an HAProxy before the leader is watched
     */
    public static boolean isDue(Failover change, boolean isProbed, boolean isProxied) {
        boolean promoted = change.at(Phase.NEW_LEADER).isPresent()
                && change.at(Phase.PROMOTED).isPresent();
        return promoted
                && (isProbed
                        ? change.at(Phase.FIRST_WRITE).isPresent()
                        : !isProxied || change.at(Phase.PROXY_ROUTES).isPresent());
    }

    /** The bill of a change of leader, and of the outage of writes in it if one was measured; empty if none is due. */
    public static Optional<Bill> of(Failover change, Optional<Outage> outage, FailoverTiming timing) {
        if (change.at(Phase.NEW_LEADER).isEmpty() || change.at(Phase.PROMOTED).isEmpty()) {
            return Optional.empty();
        }
        FailoverTerms terms = new FailoverTerms(timing, Spread.NONE);
        Instant began = outage.map(Outage::since).orElse(change.began());
        Walk walk = new Walk(terms, began);
        Instant free = earlier(change, Phase.LOCK_RELEASED, Phase.NEW_LEADER);
        Duration lived = Duration.between(began, free);
        walk.to(first(change, lived, timing), free);
        walk.to(Stage.ELECTION, change.at(Phase.NEW_LEADER).orElseThrow());
        walk.to(Stage.PROMOTION, change.at(Phase.PROMOTED).orElseThrow());
        Optional<Instant> wrote = outage.flatMap(Outage::until).or(() -> change.at(Phase.FIRST_WRITE));
        change.at(Phase.PROXY_ROUTES)
                .map(at -> wrote.filter(at::isAfter).orElse(at))
                .ifPresent(at -> walk.to(Stage.ROUTE, at));
        boolean pooled = change.at(Phase.POOL_SERVES).isPresent();
        wrote.ifPresent(at -> walk.to(pooled ? Stage.POOL : Stage.FIRST_WRITE, at));
        return Optional.of(new Bill(walk.pieces, advice(walk.pieces, timing)));
    }

    /** The first stage of a change of leader in which the key was free after that time. */
    private static Stage first(Failover change, Duration lived, FailoverTiming timing) {
        boolean expired = change.at(Phase.LEADER_STOPPING).isEmpty()
                && lived.compareTo(timing.ttl().minus(timing.loopWait()).minus(EARLY)) >= 0;
        Stage orderly = expired ? Stage.KEY_EXPIRES : Stage.KEY_RELEASED;
        return change.selfDemotion()
                .map(why -> switch (why) {
                    case DCS_LOST -> Stage.DCS_OUTAGE;
                    case CUT_OFF_FROM_DCS -> Stage.CUT_OFF_FROM_DCS;
                    case POSTGRES_FAILED -> Stage.POSTGRES_GIVEN_UP;
                })
                .orElse(orderly);
    }

    /** The last outage of writes, if it belongs to that change of leader. */
    public static Optional<Outage> outage(Failover change, Optional<ProbeStatus> probe) {
        Instant first = change.began().minus(EARLY);
        return probe.map(ProbeStatus::writes).flatMap(writes -> writes.outages().stream()
                .filter(outage -> outage.until().filter(first::isBefore).isPresent())
                .filter(outage ->
                        !outage.since().isAfter(change.at(Phase.PROMOTED).orElse(change.lastPhaseAt())))
                .reduce((earlier, later) -> later));
    }

    private static Instant earlier(Failover change, Phase one, Phase other) {
        Instant last = change.at(other).orElseThrow();
        return change.at(one).filter(last::isAfter).orElse(last);
    }

    private static List<Advice> advice(List<Piece> pieces, FailoverTiming timing) {
        List<Advice> advice = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.stage() == Stage.POOL && piece.took().compareTo(SLOW_ROUTE) > 0 && retriesSlowly(timing)) {
                advice.add(Advice.onPool(piece.took()));
            }
            if (piece.stage() == Stage.ROUTE && piece.took().compareTo(SLOW_ROUTE) > 0) {
                advice.add(Advice.onRoute(
                        piece.took(),
                        timing.checks()
                                .flatMap(FailoverTiming.ProxyChecks::rise)
                                .orElse(2L)));
            }
        }
        if (pieces.stream().anyMatch(piece -> piece.stage() == Stage.KEY_EXPIRES)) {
            advice.addAll(Advice.onKey(timing));
        }
        pieces.stream()
                .filter(piece -> piece.stage() == Stage.DCS_OUTAGE && !timing.failsafe())
                .findFirst()
                .ifPresent(piece -> advice.add(Advice.onDcs(piece.took())));
        return advice;
    }

    private static boolean retriesSlowly(FailoverTiming timing) {
        return timing.pooler()
                .flatMap(Pooler::loginRetry)
                .filter(retry -> retry.compareTo(SLOW_ROUTE) > 0)
                .isPresent();
    }

    /** The sum of the pieces. */
    public Duration total() {
        return pieces.stream().map(Piece::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** The bill in one sentence. */
    public String text() {
        return pieces.stream()
                        .map(piece -> piece.took().compareTo(WORTH_A_RULE) < 0 ? piece.shortText() : piece.text())
                        .collect(Collectors.joining(" \u00b7 "))
                + advice.stream()
                        .findFirst()
                        .map(first -> "; " + first.shortText())
                        .orElse("");
    }

    /** The bill line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        pieces.forEach(piece -> lines.add(piece.text()));
        advice.forEach(each -> lines.add("advice: " + each.text()));
        return lines;
    }

    /** Goes from stage to stage. A stage that ended before the one before it, as polls may show it, takes no time. */
    private static final class Walk {
        private final FailoverTerms terms;
        private final List<Piece> pieces = new ArrayList<>();
        private Instant at;

        Walk(FailoverTerms terms, Instant began) {
            this.terms = terms;
            this.at = began;
        }

        void to(Stage stage, Instant end) {
            Duration took = Duration.between(at, end);
            if (took.compareTo(SHORTEST) >= 0) {
                pieces.add(new Piece(stage, took, terms.rule(stage)));
                at = end;
            }
        }
    }
}
