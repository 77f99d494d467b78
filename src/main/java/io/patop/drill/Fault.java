package io.patop.drill;

import io.patop.control.InjectedFault;
import io.patop.watch.bill.Estimate;
import io.patop.watch.bill.LeaderFailure;
import io.patop.watch.forecast.Forecast;
import io.patop.watch.model.Dashboard;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The faults that a drill can cause. */
public enum Fault implements PlannedFault {
    /** SIGTERM: Patroni hands the leader key over before it ends. */
    STOP("stop", "stop", "stopped"),
    /** SIGKILL, and kept down until another member serves, like a machine that loses its power. */
    KILL("kill", "kill", "killed"),
    /** SIGKILL only: whatever runs the member may start it again at once. */
    CRASH("crash", "crash", "killed, free to start again"),
    /** SIGSTOP: the member accepts connections and never answers. */
    FREEZE("freeze", "freeze", "frozen"),
    /** A switchover by Patroni. */
    SWITCHOVER("switchover", "switchover", "switched over"),
    /** A restart of PostgreSQL by Patroni. */
    RESTART("restart", "restart", "restarted"),
    /** The member is cut off from everything. */
    PARTITION(InjectedFault.PARTITION),
    /** The member is cut off from the DCS. */
    PARTITION_DCS(InjectedFault.PARTITION_DCS),
    /** The member is cut off from the other members. */
    PARTITION_MEMBERS(InjectedFault.PARTITION_MEMBERS),
    /** The member loses packets. */
    LOSS(InjectedFault.LOSS),
    /** The member's network is narrow. */
    BANDWIDTH(InjectedFault.BANDWIDTH),
    /** The member's network is slow. */
    DELAY(InjectedFault.DELAY),
    /** The postmaster is stopped by SIGSTOP. */
    POSTGRES_HANG(InjectedFault.POSTGRES_HANG),
    /** PostgreSQL alone is killed. */
    POSTGRES_KILL(InjectedFault.POSTGRES_KILL),
    /** All connections are taken. */
    CONNECTIONS(InjectedFault.CONNECTIONS),
    /** Patroni alone is stopped by SIGSTOP. */
    PATRONI_HANG(InjectedFault.PATRONI_HANG),
    /** Patroni alone is killed. */
    PATRONI_KILL(InjectedFault.PATRONI_KILL),
    /** The data volume is full. */
    DISK_FULL(InjectedFault.DISK_FULL),
    /** The disk is slow. */
    DISK_SLOW(InjectedFault.DISK_SLOW),
    /** The memory limit is lowered. */
    MEMORY(InjectedFault.MEMORY),
    /** The DCS is stopped. */
    DCS_STOP(InjectedFault.DCS_STOP),
    /** The DCS is frozen. */
    DCS_FREEZE(InjectedFault.DCS_FREEZE),
    /** The DCS answers late. */
    DCS_SLOW(InjectedFault.DCS_SLOW),
    /** The proxy is stopped. */
    PROXY_STOP(InjectedFault.PROXY_STOP),
    /** The proxy is frozen. */
    PROXY_FREEZE(InjectedFault.PROXY_FREEZE);

    private final String word;
    private final String verb;
    private final String done;
    private final Optional<InjectedFault> injected;

    Fault(String word, String verb, String done) {
        this.word = word;
        this.verb = verb;
        this.done = done;
        this.injected = Optional.empty();
    }

    Fault(InjectedFault fault) {
        this.word = fault.word();
        this.verb = fault.word();
        this.done = fault.done();
        this.injected = Optional.of(fault);
    }

    /** The outage to expect if it were caused to the leader at that time; empty if it cannot be told. */
    Optional<Estimate> expected(Dashboard dashboard, Instant now) {
        return failure()
                .flatMap(known -> Forecast.of(dashboard, now) instanceof Forecast.Takeover takeover
                        ? Optional.of(takeover.after(known))
                        : Optional.empty());
    }

    private Optional<LeaderFailure> failure() {
        return switch (this) {
            case STOP -> Optional.of(LeaderFailure.STOPPED);
            case KILL -> Optional.of(LeaderFailure.KILLED);
            case CRASH -> Optional.of(LeaderFailure.KILLED_AND_STARTED);
            // A network that drops packets keeps a client's connection waiting, as a frozen server does.
            case FREEZE, PARTITION -> Optional.of(LeaderFailure.FROZEN);
            case SWITCHOVER -> Optional.of(LeaderFailure.SWITCHED_OVER);
            case RESTART -> Optional.of(LeaderFailure.POSTGRES_RESTARTED);
            case POSTGRES_KILL -> Optional.of(LeaderFailure.POSTGRES_CRASHED);
            default -> Optional.empty();
        };
    }

    /** The fault that is injected; empty for those by Docker's own verbs and by Patroni. */
    public Optional<InjectedFault> injected() {
        return injected;
    }

    /** The fault of that name. The names that Docker and patronictl use for it are accepted too. */
    public static Optional<Fault> named(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "scale", "scale-to-0", "scale to 0" -> Optional.of(STOP);
            case "pause" -> Optional.of(FREEZE);
            default ->
                Arrays.stream(values())
                        .filter(fault -> fault.word.equals(wanted))
                        .findFirst();
        };
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String verb() {
        return verb;
    }

    @Override
    public String done() {
        return done;
    }

    @Override
    public List<Fault> parts() {
        return List.of(this);
    }
}
