package io.patop.command.patronictl;

import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Version;
import io.patop.command.shell.YamlText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code patop show-config}: prints the dynamic configuration as it is in the DCS. */
@Command(
        name = "show-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the cluster's dynamic configuration.")
public final class ShowConfigCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandContext context = CommandContext.of(connection, command, names.given());
        if (names.given().isEmpty()) {
            context.cluster().requireOne();
        } else {
            names.check(context.cluster().survey().name());
        }
        context.print(YamlText.block(context.cluster().config().tree()) + "\n");
        return ExitCode.DONE;
    }
}
