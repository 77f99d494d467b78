package io.patop.watch.bill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which a leader may fail, each with the stages of the outage that follows. */
public enum LeaderFailure {
    /** A clean stop, as by scaling its service to 0. */
    STOPPED("stopped cleanly"),
    /** A switchover. */
    SWITCHED_OVER("switched over"),
    /** SIGKILL, a machine without power, or a cut network. */
    KILLED("killed"),
    /** SIGKILL, and whatever runs it starts it again at once. */
    KILLED_AND_STARTED("killed and started again"),
    /** SIGSTOP: it accepts connections and never answers. */
    FROZEN("frozen"),
    /** PostgreSQL alone crashed; Patroni starts it again. */
    POSTGRES_CRASHED("PostgreSQL crashed"),
    /** Patroni restarts PostgreSQL. */
    POSTGRES_RESTARTED("PostgreSQL restarted");

    private final String words;

    LeaderFailure(String words) {
        this.words = words;
    }

    /** What was done to the leader. */
    public String text() {
        return words;
    }

    /** The outage that would follow. */
    public Estimate estimate(FailoverTerms terms, FailoverTiming timing) {
        return switch (this) {
            case STOPPED, SWITCHED_OVER -> new Estimate(terms.takeover(terms.keyReleased(), terms.firstWrite()));
            case KILLED -> new Estimate(terms.takeover(terms.keyExpires(), terms.firstWrite()));
            case KILLED_AND_STARTED -> startedAgain(terms);
            case FROZEN -> new Estimate(terms.takeover(terms.keyExpires(), terms.firstWriteAfterHang()));
            case POSTGRES_CRASHED ->
                timing.primaryStartTimeout().isZero()
                        ? new Estimate(terms.takeover(terms.crashNoticed(), terms.firstWrite()))
                        : new Estimate(then(terms, Stream.of(terms.crashNoticed(), terms.crashRecovery())));
            case POSTGRES_RESTARTED -> new Estimate(then(terms, Stream.of(terms.restart())));
        };
    }

    /** A leader may be back before its key expires; otherwise another member takes over as if it had stayed away. */
    private static Estimate startedAgain(FailoverTerms terms) {
        Term expires = terms.keyExpires();
        Term either = new Term(
                Stage.KEY_EXPIRES,
                Duration.ofMillis(500),
                expires.most(),
                "the same member if it is back before, else " + expires.rule());
        return new Estimate(terms.takeover(either, terms.firstWrite()));
    }

    private static List<Term> then(FailoverTerms terms, Stream<Term> first) {
        Optional<Term> route = terms.route();
        return Stream.of(first, route.stream(), Stream.of(terms.firstWrite()))
                .flatMap(each -> each)
                .toList();
    }
}
