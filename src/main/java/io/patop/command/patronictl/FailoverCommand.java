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

/** {@code patop failover}: makes a member the leader, whether there was a leader before or not. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make a replica the leader.")
public final class FailoverCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    /** With this option patronictl up to 3.x does a switchover instead, and so does patop. */
    @Option(
            names = {"--leader", "--primary", "--master"},
            paramLabel = "MEMBER",
            hidden = true,
            description = "The current leader: a switchover from it.")
    private Optional<String> leader;

    @Option(names = "--candidate", paramLabel = "MEMBER", description = "The next leader.")
    private Optional<String> candidate;

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
        Succession.Change change = leader.isPresent() ? Succession.Change.SWITCHOVER : Succession.Change.FAILOVER;
        Optional<String> now = leader.isPresent() ? Optional.of("now") : Optional.empty();
        return new ChangeOfLeader(context, change, new ChangeOfLeader.Wish(leader, candidate, now, force.isGiven()))
                .run(snapshot);
    }
}
