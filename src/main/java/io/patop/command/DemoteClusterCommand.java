package io.patop.command;

import io.patop.cluster.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop demote-cluster}: the whole cluster follows a primary elsewhere. */
@Command(
        name = "demote-cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make the cluster a standby cluster of another one.")
final class DemoteClusterCommand implements Callable<Integer> {

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

    @Option(names = "--force", description = "Do not ask.")
    private boolean force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        if (host.isEmpty() && port.isEmpty() && restoreCommand.isEmpty()) {
            throw new Complaint(ExitCode.USAGE, "At least --host, --port or --restore-command should be specified");
        }
        Errand errand = Errand.of(connection, command);
        Survey survey = errand.cluster().survey();
        names.check(survey.name());
        if (errand.cluster().config().tree().get("standby_cluster") instanceof Map<?, ?>) {
            throw new Complaint(ExitCode.FAILED, "the cluster is a standby cluster already");
        }
        errand.print(survey.table());
        if (!force
                && !errand.prompts()
                        .confirm("Are you sure you want to demote " + Printable.line(survey.name()) + " cluster?")) {
            throw new Complaint(ExitCode.FAILED, "Aborted cluster demotion");
        }
        Map<String, Object> standby = new LinkedHashMap<>();
        host.ifPresent(value -> standby.put("host", value));
        port.ifPresent(value -> standby.put("port", value));
        slot.ifPresent(value -> standby.put("primary_slot_name", value));
        restoreCommand.ifPresent(value -> standby.put("restore_command", value));
        return new StandbyCluster(errand, survey).become(Optional.of(standby));
    }
}
