package io.patop.watch.bill;

import io.patop.probe.Pooler;
import io.patop.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bounds of each stage of an outage, from the settings and from what was seen. The bounds that no setting rules were
 * measured on real clusters of Patroni 2.0 to 4.1 and PostgreSQL 13 to 18.
 */
public final class FailoverTerms {

    private static final String NO_SETTING = "no setting, as measured on real clusters";

    /** HAProxy's default of {@code inter}, which its statistics do not tell. */
    private static final Duration INTER = Duration.ofSeconds(2);

    /** PgBouncer's default of {@code server_login_retry}. */
    private static final Duration LOGIN_RETRY = Duration.ofSeconds(15);

    private final FailoverTiming timing;
    private final Spread spread;

    public FailoverTerms(FailoverTiming timing, Spread spread) {
        this.timing = timing;
        this.spread = spread;
    }

    /** The key's rest of life after the leader's death. */
    public Term keyExpires() {
        return new Term(
                Stage.KEY_EXPIRES,
                timing.ttl().minus(timing.loopWait()).minusMillis(500),
                timing.ttl().plusSeconds(1),
                "ttl " + whole(timing.ttl()) + ", less up to loop_wait " + whole(timing.loopWait())
                        + " since the last renewal");
    }

    /** A clean stop of PostgreSQL, after which Patroni gives the key away. */
    public Term keyReleased() {
        return term(Stage.KEY_RELEASED, 1000, 4000, "PostgreSQL's last checkpoint; no setting");
    }

    /** The time until Patroni sees that its PostgreSQL has crashed. */
    public Term crashNoticed() {
        return new Term(
                Stage.CRASH_NOTICED,
                Duration.ZERO,
                timing.loopWait().plusSeconds(1),
                "loop_wait " + whole(timing.loopWait()));
    }

    /** The crash recovery of the same PostgreSQL. */
    public Term crashRecovery() {
        return term(
                Stage.POSTGRES_STARTS,
                500,
                10_000,
                "crash recovery of the WAL since the last checkpoint (checkpoint_timeout, max_wal_size); after"
                        + " primary_start_timeout " + whole(timing.primaryStartTimeout()) + " another takes over");
    }

    /** An orderly restart of PostgreSQL. */
    public Term restart() {
        return term(Stage.POSTGRES_STARTS, 300, 6000, NO_SETTING);
    }

    /** The members ask each other for their positions. */
    public Term election() {
        return term(Stage.ELECTION, 0, 2500, "members ask each other, 2 s for one that does not answer");
    }

    /** The promotion of the new leader. */
    public Term promotion() {
        Optional<Duration> seen = Spread.most(spread.promotions());
        return new Term(
                Stage.PROMOTION,
                Duration.ofMillis(100),
                seen.filter(most -> most.toMillis() > 500).orElse(Duration.ofMillis(seen.isPresent() ? 500 : 2000)),
                seen.isPresent() ? "as " + spread.promotions().size() + " changes of leader here showed" : NO_SETTING);
    }

    /** HAProxy's checks; empty if no HAProxy before the leader is watched. */
    public Optional<Term> route() {
        Optional<Duration> seen = Spread.most(spread.routes());
        return timing.checks().map(checks -> {
            long rise = checks.rise().orElse(2L);
            String times = "inter × rise " + checks.rise().map(String::valueOf).orElse("? (2 is its default)");
            return new Term(
                    Stage.ROUTE,
                    Duration.ZERO,
                    seen.map(most -> most.plusMillis(500))
                            .orElse(INTER.multipliedBy(rise).plusMillis(500)),
                    "HAProxy's " + times
                            + (seen.isPresent()
                                    ? "; as " + spread.routes().size() + " changes of leader here showed"
                                    : "; inter is unknown, 2 s is its default"));
        });
    }

    /** A client's new connection, or its pooler's. */
    public Term firstWrite() {
        return timing.pooler()
                .map(pooler -> pool(pooler, 700))
                .orElseGet(() -> term(Stage.FIRST_WRITE, 0, 700, "the client's next try"));
    }

    /** A client that hangs at a frozen server tries anew. */
    public Term firstWriteAfterHang() {
        return timing.pooler()
                .map(pooler -> pool(pooler, 2700))
                .orElseGet(() -> term(
                        Stage.FIRST_WRITE,
                        0,
                        2700,
                        "the client's timeout, 2 s for patop's write probe, and its next try"));
    }

    /** A pooler's new connection, after which a client's next try succeeds within that many milliseconds. */
    private static Term pool(Pooler pooler, long nextTry) {
        return new Term(
                Stage.POOL,
                Duration.ZERO,
                pooler.loginRetry().orElse(LOGIN_RETRY).plusMillis(nextTry),
                pooler.loginRetry()
                        .map(retry -> "PgBouncer's server_login_retry " + whole(retry) + " since its last failed try")
                        .orElse("the pooler's settings are unknown; PgBouncer's server_login_retry is "
                                + whole(LOGIN_RETRY) + " by default"));
    }

    /** The rule of the time until the first write where it is not known to be a pooler's. */
    private String nextTry() {
        return timing.pooler()
                .map(pooler -> "the client's next try, stale pool connections or HAProxy's checks, not told apart")
                .orElseGet(() -> firstWrite().rule());
    }

    /** The rule of a stage that took place. */
    String rule(Stage stage) {
        return switch (stage) {
            case KEY_EXPIRES -> keyExpires().rule();
            case KEY_RELEASED -> keyReleased().rule();
            case DCS_OUTAGE ->
                "the leader demotes itself after retry_timeout " + whole(timing.retryTimeout())
                        + " unless failsafe_mode is on";
            case CUT_OFF_FROM_DCS ->
                "ttl " + whole(timing.ttl()) + " since the last renewal, less retry_timeout "
                        + whole(timing.retryTimeout()) + " and up to loop_wait " + whole(timing.loopWait())
                        + ", after which the leader demoted itself";
            case POSTGRES_GIVEN_UP -> "primary_start_timeout " + whole(timing.primaryStartTimeout());
            case CRASH_NOTICED -> crashNoticed().rule();
            case POSTGRES_STARTS -> crashRecovery().rule();
            case ELECTION -> election().rule();
            case PROMOTION -> promotion().rule();
            case ROUTE -> route().map(Term::rule).orElse("HAProxy's inter × rise");
            case POOL -> firstWrite().rule();
            case FIRST_WRITE -> nextTry();
        };
    }

    /** All terms of a change of leader that begins with that one. */
    List<Term> takeover(Term first, Term last) {
        return route().map(route -> List.of(first, election(), promotion(), route, last))
                .orElseGet(() -> List.of(first, election(), promotion(), last));
    }

    static String whole(Duration length) {
        return length.toMillis() % 1000 == 0 ? length.toSeconds() + " s" : DurationText.text(length);
    }

    private static Term term(Stage stage, long least, long most, String rule) {
        return new Term(stage, Duration.ofMillis(least), Duration.ofMillis(most), rule);
    }
}
