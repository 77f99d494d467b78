package io.patop.command.patronictl;

import io.patop.cluster.Answer;
import io.patop.cluster.Member;
import io.patop.cluster.RestartRequest;
import io.patop.control.RollingRestart;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.CommandReply;
import io.patop.text.Printable;
import io.patop.watch.model.PatroniCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Restarts members one after the other, and tells each outcome in patronictl's words. */
final class Restarts implements RollingRestart.Progress {

    private final CommandContext context;
    private final ClusterSnapshot snapshot;
    private final RestartRequest request;

    Restarts(CommandContext context, ClusterSnapshot snapshot, RestartRequest request) {
        this.context = context;
        this.snapshot = snapshot;
        this.request = request;
    }

    /**
     * Restarts all members in their order, whatever the outcome of each.
     *
     * @param replace whether a scheduled restart is replaced by a new one, as with patronictl's --force
     */
    boolean all(List<Member> members, boolean replace) {
        boolean done = true;
        for (Member member : members) {
            if (replace && request.at().isPresent() && member.scheduledRestart().isPresent()) {
                context.reply(
                                context.tell(snapshot, member, context.commands()::cancelRestart),
                                "flush scheduled restart",
                                member)
                        .filter(reply -> !reply.isAccepted())
                        .ifPresent(reply -> context.refused(reply, "flush scheduled restart", member));
            }
            done &= one(member);
        }
        return done;
    }

    /** Restarts members one after the other, replicas first and the leader last, as the dashboard does. */
    boolean rolling(List<Member> members) throws InterruptedException {
        Map<String, Member> byName = new LinkedHashMap<>();
        members.forEach(member -> byName.put(member.name(), member));
        Optional<String> leader = members.stream()
                .filter(member -> member.role().leads())
                .map(Member::name)
                .findFirst();
        List<String> replicas = byName.keySet().stream()
                .filter(name -> leader.filter(name::equals).isEmpty())
                .toList();
        PatroniCommand.RollingRestart order =
                new PatroniCommand.RollingRestart(replicas, leader, request.onlyPending());
        try (WatchedMeanwhile watched = new WatchedMeanwhile(context, snapshot)) {
            RollingRestart.Outcome outcome = watched.restart(
                    order,
                    name -> {
                        Member member = Objects.requireNonNull(byName.get(name), name);
                        return context.telling(snapshot, member, url -> restart(url, member));
                    },
                    this);
            outcome.stopped().ifPresent(why -> context.warn(outcome.text()));
            return outcome.stopped().isEmpty();
        }
    }

    @Override
    public void restarting(String member) {}

    @Override
    public void answered(String member, Answer<CommandReply> answer, boolean leads) {
        if (isDone(answer, snapshot.listed().view().member(member).orElseThrow())) {
            context.print(
                    "Waiting for " + Printable.line(member) + (leads ? " to run again" : " to stream again") + " …\n");
        }
    }

    private boolean one(Member member) {
        return isDone(context.tell(snapshot, member, url -> restart(url, member)), member);
    }

    private CompletableFuture<Answer<CommandReply>> restart(ApiUrl url, Member member) {
        return context.commands().restart(url, request, snapshot.version(member));
    }

    private boolean isDone(Answer<CommandReply> answer, Member member) {
        Optional<CommandReply> reply = context.reply(answer, "restart", member);
        String name = Printable.line(member.name());
        reply.ifPresent(said -> {
            if (said.status() == 202) {
                context.say("Success: restart scheduled on member " + name);
            } else if (said.isAccepted()) {
                context.say("Success: restart on member " + name);
            } else if (said.status() == 409) {
                context.say("Failed: another restart is already scheduled on member " + name);
            } else {
                context.refused(said, "restart", member);
            }
        });
        return reply.filter(CommandReply::isAccepted).isPresent();
    }
}
