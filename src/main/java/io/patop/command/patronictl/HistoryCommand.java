package io.patop.command.patronictl;

import io.patop.command.patronictl.table.HistoryTable;
import io.patop.command.patronictl.table.ListedCluster;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.TableFormat;
import io.patop.command.shell.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop history}: prints where each timeline ended, and who led after. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print the history of failovers and switchovers.")
public final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            completionCandidates = OptionValues.TableFormats.class,
            description = "pretty, tsv, json or yaml. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        TableFormat chosen = TableFormat.chosen(format);
        CommandContext context = CommandContext.of(connection, command, names.given());
        ListedCluster listed = context.cluster().list();
        names.check(listed.name());
        context.print(chosen.write(
                HistoryTable.of(context.cluster().history(), listed.messages().tellsNewLeader())));
        return ExitCode.DONE;
    }
}
