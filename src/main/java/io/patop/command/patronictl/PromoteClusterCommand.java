package io.patop.command.patronictl;

import io.patop.command.shell.Connection;
import io.patop.command.shell.Force;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Version;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code patop promote-cluster}: makes a standby cluster stop following its primary. */
@Command(
        name = "promote-cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make a standby cluster one with a primary of its own.")
public final class PromoteClusterCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        StandbyCluster promotion = new StandbyCluster(context, snapshot, false);
        promotion.confirm(force.isGiven());
        return promotion.become(Optional.empty());
    }
}
