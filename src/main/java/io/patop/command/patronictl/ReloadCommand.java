package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.RoleChoice;
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
import picocli.CommandLine.Spec;

/** {@code patop reload}: makes members read their own configuration files again. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Have members read their configuration files anew.")
public final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private MemberNames names;

    @Mixin
    private ReadOnly readOnly;

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
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        MemberChoice choice = new MemberChoice(context, "reload", force.isGiven());
        List<Member> members = choice.of(snapshot, names.members(snapshot), chosen);
        choice.confirm(members);
        long seconds = context.cluster().config().loopWait().toSeconds();
        boolean failed = false;
        for (Member member : members) {
            Optional<CommandReply> reply =
                    context.reply(context.tell(snapshot, member, context.commands()::reload), "reload", member);
            failed |= reply.filter(CommandReply::isAccepted).isEmpty();
            reply.ifPresent(said -> say(context, member, said, seconds));
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static void say(CommandContext context, Member member, CommandReply reply, long seconds) {
        if (!reply.isAccepted()) {
            context.refused(reply, "reload", member);
        } else if (reply.status() == 200) {
            context.say("No changes to apply on member " + Printable.line(member.name()));
        } else {
            context.say("Reload request received for member " + Printable.line(member.name())
                    + " and will be processed within " + seconds + " seconds");
        }
    }
}
