package io.patop.command;

import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code patop manual}: writes the manual pages and completions that packages carry. */
@Command(name = "manual", hidden = true, description = "Write the manual pages and completions; for packages.")
final class ManualCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIRECTORY", description = "Where to; made if missing.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        CommandLine patop = Patop.whole(ProcessEnvironment.ofTheProcess());
        Path pages = Files.createDirectories(directory.resolve("man/man1"));
        List<CommandSpec> commands = new ArrayList<>(List.of(patop.getCommandSpec()));
        patop.getSubcommands().values().forEach(line -> commands.add(line.getCommandSpec()));
        for (CommandSpec command : commands) {
            if (!command.usageMessage().hidden()) {
                Files.writeString(pages.resolve(ManualPage.file(command)), ManualPage.of(command));
            }
        }
        Path completions = Files.createDirectories(directory.resolve("completions"));
        Files.writeString(completions.resolve("patop.bash"), Completion.bash(patop));
        Files.writeString(completions.resolve("patop.fish"), Completion.fish(patop));
        return ExitCode.DONE;
    }
}
