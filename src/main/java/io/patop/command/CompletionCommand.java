package io.patop.command;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Output;
import io.patop.command.shell.ProcessEnvironment;
import io.patop.command.shell.Version;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code patop completion}: a script with which a shell completes patop's commands, options and members. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print a completion script: for bash and zsh source <(patop completion bash), for fish patop"
                + " completion fish | source.")
final class CompletionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell;

    @Override
    public Integer call() {
        CommandLine patop = Patop.whole(ProcessEnvironment.ofTheProcess());
        PrintStream out = Output.utf8();
        switch (shell) {
            case "bash", "zsh" -> out.print(Completion.bash(patop));
            case "fish" -> out.print(Completion.fish(patop));
            default -> throw new CommandFailure(ExitCode.USAGE, "no completion for " + shell + ": bash, zsh or fish");
        }
        return ExitCode.DONE;
    }
}
