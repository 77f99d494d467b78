package io.patop.command;

import io.patop.cluster.Printable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop promote-cluster}: a standby cluster follows nobody any more. */
@Command(
        name = "promote-cluster",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Make a standby cluster one with a primary of its own.")
final class PromoteClusterCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(names = "--force", description = "Do not ask.")
    private boolean force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        Errand errand = Errand.of(connection, command);
        Survey survey = errand.cluster().survey();
        names.check(survey.name());
        if (!(errand.cluster().config().tree().get("standby_cluster") instanceof Map<?, ?>)) {
            throw new Complaint(ExitCode.FAILED, "the cluster is no standby cluster");
        }
        errand.print(survey.table());
        if (!force
                && !errand.prompts()
                        .confirm("Are you sure you want to promote " + Printable.line(survey.name()) + " cluster?")) {
            throw new Complaint(ExitCode.FAILED, "Aborted cluster promotion");
        }
        return new StandbyCluster(errand, survey).become(Optional.empty());
    }
}
