package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop demote-cluster}: makes the whole cluster follow a primary elsewhere. */
@Command(
        name = "demote-cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make the cluster a standby cluster of another one.")
public final class DemoteClusterCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(names = "--host", paramLabel = "HOST", description = "Of the primary to follow.")
    private Optional<String> host;

    @Option(names = "--port", paramLabel = "PORT", description = "Of the primary to follow.")
    private Optional<Integer> port;

    @Option(names = "--restore-command", paramLabel = "COMMAND", description = "That fetches archived WAL.")
    private Optional<String> restoreCommand;

    @Option(names = "--primary-slot-name", paramLabel = "SLOT", description = "Replication slot on the primary.")
    private Optional<String> slot;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        if (host.isEmpty() && port.isEmpty() && restoreCommand.isEmpty()) {
            throw CommandFailure.ofPatronictl(
                    ExitCode.USAGE, "At least --host, --port or --restore-command should be specified");
        }
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        StandbyCluster demotion = new StandbyCluster(context, snapshot, true);
        demotion.confirm(force.isGiven());
        Map<String, Object> standby = new LinkedHashMap<>();
        host.ifPresent(value -> standby.put("host", value));
        port.ifPresent(value -> standby.put("port", value));
        slot.ifPresent(value -> standby.put("primary_slot_name", value));
        restoreCommand.ifPresent(value -> standby.put("restore_command", value));
        return demotion.become(Optional.of(standby));
    }
}
