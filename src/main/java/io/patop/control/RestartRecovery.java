package io.patop.control;

import io.patop.cluster.NodeStatus;
import io.patop.watch.model.Api;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Decides whether a member has recovered after a restart: it runs, and streams from the leader or leads. */
final class RestartRecovery {

    /**
     * Longest wait for a member. Patroni itself gives a primary this long to start by default
     * (primary_start_timeout).
     */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Executor SOON = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private RestartRecovery() {}

    /** Whether the member has recovered, judged only by answers after that time. */
    static boolean isBack(Dashboard dashboard, String member, boolean leads, Instant since) {
        if (!(dashboard.member(member).map(WatchedMember::api).orElse(new Api.Unasked())
                        instanceof Api.Answering answering)
                || !answering.at().isAfter(since)
                || !answering.now().state().isRunning()) {
            return false;
        }
        if (leads) {
            return answering.now().role().isPrimary() || answering.now().role().leads();
        }
        boolean says =
                answering.now().replicationState().filter("streaming"::equals).isPresent();
        return says
                || dashboard.members().values().stream()
                        .flatMap(other -> other.api() instanceof Api.Answering sender
                                        && sender.at().isAfter(since)
                                ? Optional.of(sender.now()).stream()
                                : Optional.<NodeStatus>empty().stream())
                        .anyMatch(sender -> sender.streamsTo(member));
    }

    /** Whether settings wait for a restart of the member. */
    static boolean waitsForRestart(Dashboard dashboard, String member) {
        return dashboard.member(member).flatMap(WatchedMember::restartPending).isPresent();
    }

    /** Completes with true when the member has recovered, or with false after {@link #PATIENCE}. */
    static CompletableFuture<Boolean> await(Supplier<Dashboard> dashboard, Clock clock, String member, boolean leads) {
        Instant since = clock.instant();
        return await(dashboard, clock, now -> isBack(now, member, leads, since));
    }

    /** Completes with true when the dashboard fulfils the condition, or with false after {@link #PATIENCE}. */
    static CompletableFuture<Boolean> await(Supplier<Dashboard> dashboard, Clock clock, Predicate<Dashboard> wanted) {
        return look(dashboard, clock, wanted, clock.instant());
    }

    private static CompletableFuture<Boolean> look(
            Supplier<Dashboard> dashboard, Clock clock, Predicate<Dashboard> wanted, Instant since) {
        if (wanted.test(dashboard.get())) {
            return CompletableFuture.completedFuture(true);
        }
        if (Duration.between(since, clock.instant()).compareTo(PATIENCE) > 0) {
            return CompletableFuture.completedFuture(false);
        }
        return CompletableFuture.supplyAsync(() -> "", SOON)
                .thenCompose(later -> look(dashboard, clock, wanted, since));
    }
}
