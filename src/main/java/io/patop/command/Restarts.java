package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Printable;
import io.patop.cluster.RestartRequest;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Restarts members one after the other, and says what came of each in patronictl's words. */
final class Restarts {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Errand errand;
    private final Survey survey;
    private final RestartRequest request;

    Restarts(Errand errand, Survey survey, RestartRequest request) {
        this.errand = errand;
        this.survey = survey;
        this.request = request;
    }

    /**
     * In their order, whatever comes of each.
     *
     * @param replace a restart that is scheduled already gives way to a new one, as with patronictl's --force
     */
    boolean all(List<Member> members, boolean replace) {
        boolean done = true;
        for (Member member : members) {
            if (replace && request.at().isPresent() && member.scheduledRestart().isPresent()) {
                errand.reply(errand.tell(member, errand.commands()::cancelRestart), "flush scheduled restart", member)
                        .filter(reply -> !reply.isAccepted())
                        .ifPresent(reply -> errand.refused(reply, "flush scheduled restart", member));
            }
            done &= one(member);
        }
        return done;
    }

    /** Replicas first and the leader last; the next only when the one before is back, and none after a failure. */
    boolean rolling(List<Member> members) throws InterruptedException {
        List<Member> order = Stream.concat(
                        members.stream().filter(member -> !member.role().leads()),
                        members.stream().filter(member -> member.role().leads()))
                .filter(this::isMeant)
                .toList();
        for (Member member : order) {
            if (!one(member) || !isBack(member)) {
                List<Member> rest = order.subList(order.indexOf(member) + 1, order.size());
                if (!rest.isEmpty()) {
                    errand.warn("stopped: not restarted were " + MemberChoice.names(rest));
                }
                return false;
            }
        }
        return true;
    }

    /** One that would be refused must not end the round. */
    private boolean isMeant(Member member) {
        boolean meant = !request.onlyPending() || member.pendingRestart().isPresent();
        if (!meant) {
            errand.say("No restart is pending on member " + Printable.line(member.name()));
        }
        return meant;
    }

    private boolean one(Member member) {
        Optional<Reply> reply = errand.reply(
                errand.tell(member, url -> errand.commands().restart(url, request, survey.version(member))),
                "restart",
                member);
        String name = Printable.line(member.name());
        reply.ifPresent(said -> {
            if (said.status() == 202) {
                errand.say("Success: restart scheduled on member " + name);
            } else if (said.isAccepted()) {
                errand.say("Success: restart on member " + name);
            } else if (said.status() == 409) {
                errand.say("Failed: another restart is already scheduled on member " + name);
            } else {
                errand.refused(said, "restart", member);
            }
        });
        return reply.filter(Reply::isAccepted).isPresent();
    }

    private boolean isBack(Member member) throws InterruptedException {
        String name = Printable.line(member.name());
        errand.print("Waiting for " + name + (member.role().leads() ? " to run again" : " to stream again") + " …\n");
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            if (member.role().leads() ? runs(member) : streams(member)) {
                return true;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        errand.say("Failed: " + name + " is not back after " + LONGEST.toMinutes() + " minutes");
        return false;
    }

    private boolean runs(Member member) {
        return status(errand.url(member))
                .filter(status -> status.state().isRunning())
                .isPresent();
    }

    /** By its own word (3.0.4 and later), and else by any member's that sends to it. */
    private boolean streams(Member member) {
        Optional<NodeStatus> own = status(errand.url(member));
        if (own.filter(status -> status.state().isRunning()).isEmpty()) {
            return false;
        }
        Optional<String> replication = own.get().replicationState();
        return replication.isPresent()
                ? replication.get().equals("streaming")
                : survey.members().stream()
                        .filter(other -> errand.cluster().url(other).isPresent())
                        .anyMatch(other -> status(errand.url(other))
                                .filter(status -> status.streamsTo(member.name()))
                                .isPresent());
    }

    private Optional<NodeStatus> status(ApiUrl url) {
        Answer<NodeStatus> answer = errand.reads().node(url).join();
        return answer.value();
    }
}
