package io.patop.sim.core;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides whether a node may take the leader lock that nobody holds (is_healthiest_node in ha.py). It asks the others
 * for their positions first, and a silent member delays it by the two seconds of that request's timeout.
 */
final class LeaderRace {
    private static final long FAILOVER_GRACE = 2000;

    private final Simulation world;
    private final Node node;

    /** A member's answer to {@code GET /patroni}. */
    record Status(String name, boolean reachable, boolean inRecovery, long position, boolean nofailover) {
        /** Does failover_limitation(): returns whether the member could be promoted. */
        boolean isCandidate() {
            return reachable && !nofailover;
        }
    }

    LeaderRace(Simulation world, Node node) {
        this.world = world;
        this.node = node;
    }

    /** Decides, which takes simulated time, and tells {@code decided} whether to try for the lock. */
    void run(Consumer<Boolean> decided) {
        DcsView view = node.view.orElseThrow();
        Optional<DcsView.Failover> failover = view.failover();
        Consumer<Boolean> answer = won -> {
            boolean wait = !won && (failover.isPresent() || node.isTagged("nofailover"));
            node.after(wait ? FAILOVER_GRACE : 0, () -> decided.accept(won));
        };
        boolean asked = failover.filter(key -> key.scheduledAt().isEmpty()).isPresent();
        if (view.isPaused() && !node.isTagged("nofailover") && asked && !node.postgres.isPrimary()) {
            withFailoverKey(view, failover.orElseThrow(), answer);
        } else if (node.postgres.isPrimary()) {
            answer.accept(true);
        } else if (view.isPaused() || node.isTagged("nofailover")) {
            answer.accept(false);
        } else if (failover.isPresent()) {
            boolean barred = view.isSynchronous()
                    && failover.orElseThrow().leader().isPresent()
                    && !view.sync().matches(node.name);
            if (barred) {
                answer.accept(false);
            } else {
                withFailoverKey(view, failover.orElseThrow(), answer);
            }
        } else {
            amongAll(view, answer);
        }
    }

    private void amongAll(DcsView view, Consumer<Boolean> answer) {
        if (world.options().has(SeededMistake.PROMOTED_BEHIND)) {
            answer.accept(true);
            return;
        }
        Set<String> known = new HashSet<>(view.members().keySet());
        node.ledView.ifPresent(old -> known.addAll(old.members().keySet()));
        if (view.isFailsafe() && view.failsafe().isPresent()) {
            Set<String> failsafe = Set.copyOf(world.names(view.failsafe().orElseThrow()));
            if (!failsafe.contains(node.name)) {
                answer.accept(false);
                return;
            }
            known.addAll(failsafe);
        }
        if (view.isSynchronous() && view.sync().leader().isPresent()) {
            if (!view.sync().matches(node.name)) {
                answer.accept(false);
                return;
            }
            known.removeIf(name -> !view.sync().matches(name));
        }
        askHealth(view, known, true, answer);
    }

    /** Does _is_healthiest_node: not too far behind the last leader, and behind no member that could be promoted. */
    private void askHealth(DcsView view, Set<String> members, boolean checkLag, Consumer<Boolean> answer) {
        long mine = node.postgres.reach();
        if (checkLag && view.lsn() - mine > view.maximumLag()) {
            answer.accept(false);
            return;
        }
        Predicate<Status> isBetter = status -> {
            boolean formerLeader = view.isSynchronous()
                    && view.sync().leader().filter(status.name()::equals).isPresent();
            return !status.inRecovery() || (mine < status.position() && !formerLeader);
        };
        world.statuses(
                node,
                members,
                statuses -> answer.accept(
                        statuses.stream().filter(Status::isCandidate).noneMatch(isBetter)));
    }

    /** Does manual_failover_process_no_leader. */
    private void withFailoverKey(DcsView view, DcsView.Failover failover, Consumer<Boolean> answer) {
        Optional<String> candidate = failover.candidate();
        if (candidate.filter(node.name::equals).isPresent()) {
            answer.accept(true);
        } else if (view.isPaused()
                || (candidate.isPresent()
                        && view.isSynchronous()
                        && !view.sync().matches(node.name))) {
            answer.accept(false);
        } else if (candidate.filter(view.members()::containsKey).isPresent()) {
            world.statuses(node, Set.of(candidate.orElseThrow()), statuses -> {
                if (statuses.stream().anyMatch(Status::isCandidate)) {
                    answer.accept(false);
                } else {
                    amongOthers(view, failover, answer);
                }
            });
        } else {
            amongOthers(view, failover, answer);
        }
    }

    private void amongOthers(DcsView view, DcsView.Failover failover, Consumer<Boolean> answer) {
        Set<String> others = new HashSet<>(view.members().keySet());
        failover.leader().ifPresent(others::remove);
        if (failover.leader().filter(node.name::equals).isPresent()) {
            failover.candidate().ifPresent(others::remove);
            world.statuses(
                    node,
                    others,
                    statuses -> answer.accept(statuses.stream()
                            .filter(Status::isCandidate)
                            .noneMatch(status -> view.lsn() - status.position() <= view.maximumLag())));
        } else {
            askHealth(view, others, false, answer);
        }
    }
}
