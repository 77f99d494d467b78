package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.text.Printable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options of a table that is printed repeatedly. */
final class WatchOptions {

    @Option(
            names = {"-w", "--watch"},
            paramLabel = "SECONDS",
            description = "Print it again every so many seconds, until Ctrl-C.")
    private Double seconds;

    @Option(names = "-W", description = "Print it again every 2 seconds.")
    private boolean everyTwoSeconds;

    /** Returns how often to print; empty for once. */
    Optional<Duration> interval() {
        try {
            return Repeating.interval(
                    seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds), everyTwoSeconds);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Prints the text, once or until nobody reads it any more. */
    int repeat(Optional<Duration> again, CommandContext context, Supplier<String> text) throws InterruptedException {
        boolean onTerminal = again.isPresent() && context.environment().onTerminal();
        do {
            long begun = System.nanoTime();
            if (!context.print(Repeating.frame(text.get(), onTerminal))) {
                return ExitCode.DONE;
            }
            if (again.isPresent()) {
                Thread.sleep(Math.max(0, again.get().toMillis() - (System.nanoTime() - begun) / 1_000_000));
            }
        } while (again.isPresent());
        return ExitCode.DONE;
    }
}
