package io.patop.sim.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.core.DcsView;
import io.patop.sim.core.Node;
import io.patop.sim.core.Simulation;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * POST /switchover and /failover, and DELETE /switchover: the checks of do_POST_failover in api.py, and the wait for
 * a new leader, during which the caller waits too.
 */
final class RestFailover {
    private static final long POLL = 1000;

    private final Simulation world;

    RestFailover(Simulation world) {
        this.world = world;
    }

    enum Action {
        SWITCHOVER("switchover", "Switchover", "switched"),
        FAILOVER("failover", "Failover", "failed");

        private final String word;
        private final String title;
        private final String done;

        Action(String word, String title, String done) {
            this.word = word;
            this.title = title;
            this.done = done;
        }
    }

    private record Wish(Optional<String> leader, Optional<String> candidate, Optional<OffsetDateTime> at) {}

    void ask(Node node, Request request, Action action, CompletableFuture<Reply> reply) {
        Optional<ObjectNode> content = RestWrites.content(request, false, reply);
        if (content.isEmpty()) {
            return;
        }
        ObjectNode body = content.orElseThrow();
        Optional<String> leader = text(body, "leader");
        Optional<String> candidate = text(body, "candidate").or(() -> text(body, "member"));
        Action meant = action == Action.FAILOVER && leader.isPresent() && node.version.isAtLeast4()
                ? Action.SWITCHOVER
                : action;
        DcsView view = world.dcs().view();
        Optional<Reply> refusal = checkWords(node, meant, leader, candidate);
        Optional<OffsetDateTime> at = Optional.empty();
        if (refusal.isEmpty() && text(body, "scheduled_at").isPresent()) {
            refusal = checkSchedule(node, meant, leader, view);
            if (refusal.isEmpty()) {
                Schedule schedule = Schedule.check(world, body.path("scheduled_at"), meant.word);
                refusal = schedule.refusal();
                at = schedule.time();
            }
        }
        if (refusal.isEmpty() && view.isPaused() && candidate.isEmpty()) {
            refusal = refused(400, meant.title + " is possible only to a specific candidate in a paused state");
        }
        if (refusal.isEmpty() && at.isEmpty()) {
            refusal = checkMembers(node, meant, view, leader, candidate);
        }
        if (refusal.isPresent()) {
            reply.complete(refusal.orElseThrow());
        } else {
            begin(node, meant, new Wish(leader, candidate, at), reply);
        }
    }

    private static Optional<String> text(ObjectNode body, String name) {
        return Optional.of(body.path(name).asText()).filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    private static Optional<Reply> refused(int code, String sentence) {
        return Optional.of(Reply.sentence(code, sentence));
    }

    private static Optional<Reply> checkWords(
            Node node, Action action, Optional<String> leader, Optional<String> candidate) {
        if (action == Action.FAILOVER && candidate.isEmpty()) {
            return refused(400, "Failover could be performed only to a specific candidate");
        }
        if (action == Action.SWITCHOVER && leader.isEmpty()) {
            return refused(400, "Switchover could be performed only from a specific leader");
        }
        if (node.version.isAtLeast4() && leader.isPresent() && leader.equals(candidate)) {
            return refused(400, "Switchover target and source are the same");
        }
        return Optional.empty();
    }

    private static Optional<Reply> checkSchedule(Node node, Action action, Optional<String> leader, DcsView view) {
        if (action == Action.FAILOVER && node.version.isAtLeast4()) {
            return refused(400, "Failover can't be scheduled");
        }
        if (leader.isEmpty()) {
            return refused(400, "Scheduled " + action.word + " is possible only from a specific leader");
        }
        if (view.isPaused()) {
            return refused(400, "Can't schedule " + action.word + " in the paused state");
        }
        return Optional.empty();
    }

    /** Does is_failover_possible of api.py. */
    private Optional<Reply> checkMembers(
            Node node, Action action, DcsView view, Optional<String> leader, Optional<String> candidate) {
        if (leader.isPresent() && !leader.equals(view.leader())) {
            return refused(412, "leader name does not match");
        }
        Set<String> members = new HashSet<>(view.members().keySet());
        if (candidate.isPresent()) {
            String name = candidate.orElseThrow();
            if (action == Action.SWITCHOVER
                    && view.isSynchronous()
                    && !view.sync().standbys().contains(name)) {
                return refused(412, "candidate name does not match with sync_standby");
            }
            if (!members.contains(name)) {
                return refused(412, "candidate does not exists");
            }
            members.removeIf(member -> !member.equals(name));
        } else if (view.isSynchronous()) {
            members.removeIf(member -> !view.sync().standbys().contains(member));
            if (members.isEmpty()) {
                return refused(412, action.word + " is not possible: can not find sync_standby");
            }
        } else {
            view.leader().ifPresent(members::remove);
            if (members.isEmpty()) {
                return refused(412, action.word + " is not possible: cluster does not have members except leader");
            }
        }
        boolean possible = world.nodes().stream()
                .filter(member -> members.contains(member.name))
                .anyMatch(member ->
                        world.reaches(node, member) && member.postgres.running && !member.isTagged("nofailover"));
        return possible
                ? Optional.empty()
                : refused(412, action.word + " is not possible: no good candidates have been found");
    }

    private void begin(Node node, Action action, Wish wish, CompletableFuture<Reply> reply) {
        if (!world.reachesDcs(node)) {
            reply.complete(Reply.sentence(503, "failed to write " + action.word + " key into DCS"));
            return;
        }
        Optional<String> before = world.dcs().view().leader();
        world.dcs().putFailover(Optional.of(new DcsView.Failover(wish.leader(), wish.candidate(), wish.at())));
        world.loop(node).wake();
        if (wish.at().isPresent()) {
            reply.complete(Reply.sentence(202, action.title + " scheduled"));
        } else {
            long polls = 2 * Math.max(10, world.loopWait(node) / 1000);
            node.after(POLL, () -> poll(node, action, before, wish.candidate(), polls, reply));
        }
    }

    /** Does poll_failover_result: once a second, 20 times or more. */
    private void poll(
            Node node,
            Action action,
            Optional<String> before,
            Optional<String> candidate,
            long left,
            CompletableFuture<Reply> reply) {
        DcsView view = world.dcs().view();
        if (world.reachesDcs(node)
                && view.leader().isPresent()
                && !view.leader().equals(before)) {
            String leader = view.leader().orElseThrow();
            boolean wanted = candidate.isEmpty() || candidate.orElseThrow().equals(leader);
            reply.complete(Reply.sentence(
                    200,
                    wanted
                            ? "Successfully " + action.done + " over to \"" + leader + '"'
                            : title(action.done) + " over to \"" + leader + "\" instead of \"" + candidate.orElseThrow()
                                    + '"'));
        } else if (world.reachesDcs(node) && view.failover().isEmpty()) {
            reply.complete(Reply.sentence(503, action.title + " failed"));
        } else if (left <= 1) {
            reply.complete(Reply.sentence(503, action.title + " status unknown"));
        } else {
            node.after(POLL, () -> poll(node, action, before, candidate, left - 1, reply));
        }
    }

    private static String title(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    void delete(CompletableFuture<Reply> reply) {
        boolean scheduled = world.dcs()
                .view()
                .failover()
                .flatMap(DcsView.Failover::scheduledAt)
                .isPresent();
        if (scheduled) {
            world.dcs().putFailover(Optional.empty());
            reply.complete(Reply.sentence(200, "scheduled switchover deleted"));
        } else {
            reply.complete(Reply.sentence(404, "no switchover is scheduled"));
        }
    }
}
