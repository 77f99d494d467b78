package io.patop.command.patronictl;

import io.patop.command.shell.Connection;
import io.patop.command.shell.Force;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Version;
import io.patop.watch.rules.Succession;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop switchover}: makes a healthy leader hand over, now or at a time. */
@Command(
        name = "switchover",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Have the leader hand over to a replica.")
public final class SwitchoverCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(
            names = {"--leader", "--primary", "--master"},
            paramLabel = "MEMBER",
            description = "The current leader.")
    private Optional<String> leader;

    @Option(names = "--candidate", paramLabel = "MEMBER", description = "The next leader.")
    private Optional<String> candidate;

    @Option(names = "--scheduled", paramLabel = "TIME", description = ScheduledTime.HELP)
    private Optional<String> scheduled;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        readOnly.check();
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        return new ChangeOfLeader(
                        context,
                        Succession.Change.SWITCHOVER,
                        new ChangeOfLeader.Wish(leader, candidate, scheduled, force.isGiven()))
                .run(snapshot);
    }
}
