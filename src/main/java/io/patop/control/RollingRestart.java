package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.patroni.CommandReply;
import io.patop.text.DurationText;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Restarts members one after the other, the leader last, each after the one before has recovered. Before each further
 * member the cluster must have been seen again. The round ends early if the leader has changed, or a member fails or
 * does not recover. An object runs once.
 */
public final class RollingRestart {

    /** Asks Patroni to restart one member. The answer comes when Patroni has done so. */
    @FunctionalInterface
    public interface Restart {
        /** Completes with Patroni's answer, never with an exception. */
        CompletableFuture<Answer<CommandReply>> of(String member);
    }

    /** Takes the progress of the round. */
    public interface Progress {
        /** The member is being asked to restart. */
        void restarting(String member);

        /**
         * The member's restart was answered. If it was accepted, the round waits for the member to recover.
         *
         * @param leads whether it is the leader
         */
        void answered(String member, Answer<CommandReply> answer, boolean leads);
    }

    /**
     * The result of the round.
     *
     * @param restarted the members that have recovered, in their order
     * @param stopped why the round ended early, if it did
     * @param left the members that were not asked to restart
     */
    public record Outcome(List<String> restarted, Optional<String> stopped, List<String> left) {
        public Outcome {
            restarted = List.copyOf(restarted);
            left = List.copyOf(left);
        }

        /** The outcome in one line. */
        public String text() {
            if (stopped.isEmpty()) {
                return restarted.isEmpty() ? "no member waits for a restart" : names(restarted) + " restarted";
            }
            return stopped.get() + "; stopped there"
                    + (restarted.isEmpty() ? "" : ", " + names(restarted) + " restarted before")
                    + (left.isEmpty() ? "" : ", not restarted: " + names(left));
        }

        private static String names(List<String> names) {
            return String.join(", ", names);
        }
    }

    private final PatroniCommand.RollingRestart order;
    private final Supplier<Dashboard> dashboard;
    private final Clock clock;
    private final Restart restart;
    private final Progress progress;
    private final Optional<String> leader;
    private final List<String> asked = new ArrayList<>();
    private final List<String> restarted = new ArrayList<>();

    /**
     * A round that has not started.
     *
     * @param order the members, and the leader
     * @param dashboard tells the present state of the cluster
     * @param clock the clock that dates the dashboard's observations
     */
    public RollingRestart(
            PatroniCommand.RollingRestart order,
            Supplier<Dashboard> dashboard,
            Clock clock,
            Restart restart,
            Progress progress) {
        this.order = order;
        this.dashboard = dashboard;
        this.clock = clock;
        this.restart = restart;
        this.progress = progress;
        this.leader = order.leader().or(() -> dashboard.get().leadership().present());
    }

    /** Restarts all members, or as many as possible. */
    public CompletableFuture<Outcome> run() {
        CompletableFuture<Optional<String>> round = CompletableFuture.completedFuture(Optional.empty());
        for (String member : order.members()) {
            round = round.thenCompose(
                    stopped -> stopped.isPresent() ? CompletableFuture.completedFuture(stopped) : one(member));
        }
        return round.thenApply(stopped -> {
            List<String> left = new ArrayList<>(order.members());
            left.removeAll(asked);
            return new Outcome(restarted, stopped, stopped.isPresent() ? left : List.of());
        });
    }

    /** Restarts one member. The result is the reason why the round ends with it, if it does. */
    private CompletableFuture<Optional<String>> one(String member) {
        return clusterSeenAnew().thenCompose(seen -> {
            if (!seen) {
                return stopped("no node has told who leads for " + DurationText.age(RestartRecovery.PATIENCE));
            }
            if (order.ifPending() && !RestartRecovery.waitsForRestart(dashboard.get(), member)) {
                asked.add(member);
                return CompletableFuture.completedFuture(Optional.empty());
            }
            Optional<String> change = changeOfLeader();
            return change.isPresent() ? stopped(change.get()) : restart(member);
        });
    }

    /**
     * Waits until {@code /cluster} has been seen again after a restart, since what was known before says nothing of
     * its result.
     */
    private CompletableFuture<Boolean> clusterSeenAnew() {
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        Instant since = clock.instant();
        return RestartRecovery.await(
                dashboard,
                clock,
                now -> now.clusterApi() instanceof Dashboard.ClusterApi.Answered answered
                        && answered.at().isAfter(since));
    }

    private Optional<String> changeOfLeader() {
        Optional<String> now = dashboard.get().leadership().present();
        boolean unexpected = order.leader().isEmpty()
                && now.filter(order.members()::contains).isPresent();
        if (now.equals(leader) && !unexpected) {
            return Optional.empty();
        }
        return Optional.of(
                now.map(name -> name + " leads now").orElseGet(() -> leader.orElseThrow() + " no longer leads"));
    }

    private CompletableFuture<Optional<String>> restart(String member) {
        boolean leads = order.leader().filter(member::equals).isPresent();
        asked.add(member);
        progress.restarting(member);
        return restart.of(member).thenCompose(answer -> {
            progress.answered(member, answer, leads);
            Optional<String> failed = answer.failure()
                    .map(Failure::message)
                    .or(() -> answer.value().filter(said -> !said.isAccepted()).map(CommandReply::describe));
            return failed.isPresent() ? stopped(member + ": " + failed.get()) : back(member, leads);
        });
    }

    private CompletableFuture<Optional<String>> back(String member, boolean leads) {
        return RestartRecovery.await(dashboard, clock, member, leads).thenApply(back -> {
            if (!back) {
                return Optional.of(member + " does not " + (leads ? "run as primary" : "stream") + " again within "
                        + DurationText.age(RestartRecovery.PATIENCE));
            }
            restarted.add(member);
            return Optional.empty();
        });
    }

    private static CompletableFuture<Optional<String>> stopped(String why) {
        return CompletableFuture.completedFuture(Optional.of(why));
    }
}
