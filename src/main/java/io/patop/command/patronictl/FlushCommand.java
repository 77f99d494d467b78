package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.RoleChoice;
import io.patop.command.shell.UsageErrors;
import io.patop.command.shell.Version;
import io.patop.patroni.CommandReply;
import io.patop.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patop flush}: cancels what was scheduled. */
@Command(
        name = "flush",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Call off scheduled restarts, or the scheduled switchover.")
public final class FlushCommand implements Callable<Integer> {

    private static final String ACTION = "flush";

    @Mixin
    private Connection connection;

    @Mixin
    private ReadOnly readOnly;

    @Parameters(
            arity = "1..*",
            paramLabel = "[CLUSTER] [MEMBER…] restart|switchover",
            description = "What to call off, after the cluster's name, which may be left out, and members.")
    private List<String> words;

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            defaultValue = "any",
            completionCandidates = OptionValues.Roles.class,
            description = "Only members with this role. Default: ${DEFAULT-VALUE}.")
    private String role;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        readOnly.check();
        RoleChoice chosen = RoleChoice.named(role);
        String target = words.get(words.size() - 1);
        if (!target.equals("restart") && !target.equals("switchover")) {
            throw UsageErrors.noChoice("'{restart|switchover}'", target, List.of("restart", "switchover"));
        }
        CommandContext context = CommandContext.of(connection, command, words);
        ClusterSnapshot snapshot = context.cluster().survey();
        List<String> members = MemberNames.members(words.subList(0, words.size() - 1), snapshot);
        return target.equals("restart") ? restarts(context, snapshot, members, chosen) : switchover(context, snapshot);
    }

    private int restarts(CommandContext context, ClusterSnapshot snapshot, List<String> names, RoleChoice chosen) {
        MemberChoice choice = new MemberChoice(context, ACTION, force.isGiven());
        List<Member> members = choice.of(snapshot, names, chosen);
        choice.confirm(members);
        boolean failed = false;
        for (Member member : members) {
            if (member.scheduledRestart().isEmpty()) {
                context.say("No scheduled restart for member " + Printable.line(member.name()));
                continue;
            }
            Optional<CommandReply> reply = context.reply(
                    context.tell(snapshot, member, context.commands()::cancelRestart),
                    "flush scheduled restart",
                    member);
            failed |= reply.filter(CommandReply::isAccepted).isEmpty();
            reply.ifPresent(said -> {
                if (said.isAccepted()) {
                    context.say("Success: flush scheduled restart for member " + Printable.line(member.name()));
                } else {
                    context.refused(said, "flush scheduled restart", member);
                }
            });
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static int switchover(CommandContext context, ClusterSnapshot snapshot) {
        if (snapshot.listed().view().scheduledSwitchover().isEmpty()) {
            context.say("No pending scheduled switchover");
            return ExitCode.DONE;
        }
        CommandReply reply = context.tellAny(snapshot, context.commands()::cancelSwitchover);
        context.say((reply.isAccepted() ? "Success: " : "Failed: ")
                + (reply.isAccepted() ? reply.text() : reply.describe()));
        return reply.isAccepted() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
