package io.patop.command.patronictl;

import io.patop.command.shell.Connection;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop pause}: turns on maintenance mode: no automatic failover until it is resumed. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Disable automatic failover: maintenance mode.")
public final class PauseCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(names = "--wait", description = "Wait until all nodes have seen it.")
    private boolean wait;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        return new Maintenance(context, true).set(snapshot, wait);
    }
}
