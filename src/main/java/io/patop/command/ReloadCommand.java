package io.patop.command;

import io.patop.cluster.Member;
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

/** {@code patop reload}: members read their own configuration files anew. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Have members read their configuration files anew.")
final class ReloadCommand implements Callable<Integer> {

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
        CommandContext errand = CommandContext.of(connection, command, names.given());
        ClusterSnapshot survey = errand.cluster().survey();
        MemberChoice choice = new MemberChoice(errand, "reload", force.isGiven());
        List<Member> members = choice.of(survey, names.members(survey), chosen);
        choice.confirm(members);
        long seconds = errand.cluster().config().loopWait().toSeconds();
        boolean failed = false;
        for (Member member : members) {
            Optional<CommandReply> reply =
                    errand.reply(errand.tell(survey, member, errand.commands()::reload), "reload", member);
            failed |= reply.filter(CommandReply::isAccepted).isEmpty();
            reply.ifPresent(said -> say(errand, member, said, seconds));
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static void say(CommandContext errand, Member member, CommandReply reply, long seconds) {
        if (!reply.isAccepted()) {
            errand.refused(reply, "reload", member);
        } else if (reply.status() == 200) {
            errand.say("No changes to apply on member " + Printable.line(member.name()));
        } else {
            errand.say("Reload request received for member " + Printable.line(member.name())
                    + " and will be processed within " + seconds + " seconds");
        }
    }
}
