package io.patop.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code patop show-config}: the dynamic configuration, as it is in the DCS. */
@Command(
        name = "show-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the cluster's dynamic configuration.")
final class ShowConfigCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandContext errand = CommandContext.of(connection, command, names.given());
        if (names.given().isEmpty()) {
            errand.cluster().requireOne();
        } else {
            names.check(errand.cluster().survey().name());
        }
        errand.print(YamlText.block(errand.cluster().config().tree()) + "\n");
        return ExitCode.DONE;
    }
}
