package io.patop.command;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.State;
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

/** {@code patop reinit}: a replica's data is removed and copied anew. */
@Command(
        name = "reinit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make replicas anew from a copy of another member; with --force, break off what they are doing.")
final class ReinitCommand implements Callable<Integer> {

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
        CommandContext errand = CommandContext.of(connection, command, names.given());
        ClusterSnapshot survey = errand.cluster().survey();
        MemberChoice choice = new MemberChoice(errand, ACTION, force.isGiven());
        List<Member> members = choice.oneOf(survey, names.members(survey), RoleChoice.REPLICA);
        warnOfSeveral(errand, survey, members);
        choice.confirm(members);
        boolean failed = false;
        List<Member> waiting = new ArrayList<>();
        for (Member member : members) {
            if (!started(errand, survey, member)) {
                failed = true;
            } else if (wait) {
                waiting.add(member);
            }
        }
        await(errand, waiting);
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Two base backups at once are twice the load, and nobody may be left to take over (patroni issue 3220). */
    private static void warnOfSeveral(CommandContext errand, ClusterSnapshot survey, List<Member> members) {
        List<Member> together = Stream.concat(
                        members.stream(),
                        survey.members().stream()
                                .filter(member -> member.state().kind() == State.Kind.CREATING_REPLICA))
                .distinct()
                .toList();
        if (together.size() > 1) {
            errand.warn("these members would be made anew at the same time, and cannot take over meanwhile: "
                    + MemberChoice.names(together));
        }
    }

    private boolean started(CommandContext errand, ClusterSnapshot survey, Member member) {
        ReinitializeRequest request = new ReinitializeRequest(force.isForced(), fromLeader);
        Optional<CommandReply> reply = told(errand, survey, member, request);
        boolean busy = reply.filter(said -> said.text().endsWith(" already in progress"))
                .isPresent();
        if (busy && !force.isGiven() && errand.prompts().confirm("Do you want to cancel it and reinitialize anyway?")) {
            reply = told(errand, survey, member, new ReinitializeRequest(true, fromLeader));
        }
        return reply.filter(CommandReply::isAccepted).isPresent();
    }

    private static Optional<CommandReply> told(
            CommandContext errand, ClusterSnapshot survey, Member member, ReinitializeRequest request) {
        Optional<CommandReply> reply = errand.reply(
                errand.tell(survey, member, url -> errand.commands().reinitialize(url, request)), ACTION, member);
        reply.ifPresent(said -> {
            if (said.isAccepted()) {
                errand.say("Success: reinitialize for member " + Printable.line(member.name()));
            } else {
                errand.refused(said, ACTION, member);
            }
        });
        return reply;
    }

    private static void await(CommandContext errand, List<Member> members) throws InterruptedException {
        List<Member> waiting = new ArrayList<>(members);
        int shown = 0;
        while (!waiting.isEmpty()) {
            if (shown != waiting.size()) {
                errand.print("Waiting for reinitialize to complete on: " + MemberChoice.names(waiting) + "\n");
                shown = waiting.size();
            }
            Thread.sleep(PAUSE_MILLIS);
            for (Member member : List.copyOf(waiting)) {
                if (isComplete(errand, member)) {
                    errand.print("Reinitialize is completed on: " + Printable.line(member.name()) + "\n");
                    waiting.remove(member);
                }
            }
        }
    }

    /** A node that does not answer is not done. */
    private static boolean isComplete(CommandContext errand, Member member) {
        Optional<NodeStatus> status =
                errand.reads().node(errand.url(member)).join().value();
        return status.filter(node -> node.state().kind() != State.Kind.CREATING_REPLICA)
                .isPresent();
    }
}
