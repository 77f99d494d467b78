package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.RoleChoice;
import io.patop.command.shell.Version;
import io.patop.text.Printable;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop dsn}: prints where a member's PostgreSQL listens, as a connection string. */
@Command(
        name = "dsn",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print a connection string of a member; of the leader, if none is named.")
public final class DsnCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            completionCandidates = OptionValues.Roles.class,
            description = "Of any member with this role.")
    private Optional<String> role;

    @Option(
            names = {"-m", "--member"},
            paramLabel = "MEMBER",
            description = "Of this member.")
    private Optional<String> name;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (role.isPresent() && name.isPresent()) {
            throw CommandFailure.ofPatronictl(ExitCode.USAGE, "--role and --member are mutually exclusive options");
        }
        RoleChoice choice =
                name.isPresent() ? RoleChoice.ANY : role.map(RoleChoice::named).orElse(RoleChoice.LEADER);
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        PostgresAddress address = snapshot.members().stream()
                .filter(choice::fits)
                .filter(member -> name.isEmpty() || name.get().equals(member.name()))
                .findFirst()
                .flatMap(Member::address)
                .orElseThrow(() -> CommandFailure.ofPatronictl("Can not find a suitable member"));
        context.say("host=" + Printable.line(address.host()) + " port=" + address.port());
        return ExitCode.DONE;
    }
}
