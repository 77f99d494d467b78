package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.State;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.RoleChoice;
import io.patop.command.shell.Version;
import io.patop.patroni.CommandReply;
import io.patop.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop reinit}: removes a replica's data and copies it anew. */
@Command(
        name = "reinit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make replicas anew from a copy of another member; with --force, break off what they are doing.")
public final class ReinitCommand implements Callable<Integer> {

    static final String ACTION = "reinitialize";
    private static final long PAUSE_MILLIS = 2000;

    @Mixin
    private Connection connection;

    @Mixin
    private MemberNames names;

    @Mixin
    private ReadOnly readOnly;

    @Mixin
    private Force force;

    @Option(names = "--wait", description = "Wait until it is complete.")
    private boolean wait;

    @Option(names = "--from-leader", description = "Copy from the leader (Patroni 4.1 and later).")
    private boolean fromLeader;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        MemberChoice choice = new MemberChoice(context, ACTION, force.isGiven());
        List<Member> members = choice.oneOf(snapshot, names.members(snapshot), RoleChoice.REPLICA);
        warnOfSeveral(context, snapshot, members);
        choice.confirm(members);
        boolean failed = false;
        List<Member> waiting = new ArrayList<>();
        for (Member member : members) {
            if (!started(context, snapshot, member)) {
                failed = true;
            } else if (wait) {
                waiting.add(member);
            }
        }
        await(context, waiting);
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    /**
     * Warns of several members at once: two base backups are twice the load, and no member may be left to take over
     * (patroni issue 3220).
     */
    private static void warnOfSeveral(CommandContext context, ClusterSnapshot snapshot, List<Member> members) {
        List<Member> together = Stream.concat(
                        members.stream(),
                        snapshot.members().stream()
                                .filter(member -> member.state().kind() == State.Kind.CREATING_REPLICA))
                .distinct()
                .toList();
        if (together.size() > 1) {
            context.warn("these members would be made anew at the same time, and cannot take over meanwhile: "
                    + MemberChoice.names(together));
        }
    }

    private boolean started(CommandContext context, ClusterSnapshot snapshot, Member member) {
        ReinitializeRequest request = new ReinitializeRequest(force.isForced(), fromLeader);
        Optional<CommandReply> reply = told(context, snapshot, member, request);
        boolean busy = reply.filter(said -> said.text().endsWith(" already in progress"))
                .isPresent();
        if (busy
                && !force.isGiven()
                && context.prompts().confirm("Do you want to cancel it and reinitialize anyway?")) {
            reply = told(context, snapshot, member, new ReinitializeRequest(true, fromLeader));
        }
        return reply.filter(CommandReply::isAccepted).isPresent();
    }

    private static Optional<CommandReply> told(
            CommandContext context, ClusterSnapshot snapshot, Member member, ReinitializeRequest request) {
        Optional<CommandReply> reply = context.reply(
                context.tell(snapshot, member, url -> context.commands().reinitialize(url, request)), ACTION, member);
        reply.ifPresent(said -> {
            if (said.isAccepted()) {
                context.say("Success: reinitialize for member " + Printable.line(member.name()));
            } else {
                context.refused(said, ACTION, member);
            }
        });
        return reply;
    }

    private static void await(CommandContext context, List<Member> members) throws InterruptedException {
        List<Member> waiting = new ArrayList<>(members);
        int shown = 0;
        while (!waiting.isEmpty()) {
            if (shown != waiting.size()) {
                context.print("Waiting for reinitialize to complete on: " + MemberChoice.names(waiting) + "\n");
                shown = waiting.size();
            }
            Thread.sleep(PAUSE_MILLIS);
            for (Member member : List.copyOf(waiting)) {
                if (isComplete(context, member)) {
                    context.print("Reinitialize is completed on: " + Printable.line(member.name()) + "\n");
                    waiting.remove(member);
                }
            }
        }
    }

    /** Returns whether the member is done; one that does not answer is not. */
    private static boolean isComplete(CommandContext context, Member member) {
        Optional<NodeStatus> status =
                context.reads().node(context.url(member)).join().value();
        return status.filter(node -> node.state().kind() != State.Kind.CREATING_REPLICA)
                .isPresent();
    }
}
