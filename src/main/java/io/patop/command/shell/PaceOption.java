package io.patop.command.shell;

import io.patop.watch.source.PollInterval;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option for the poll interval. */
public final class PaceOption {

    @Option(
            names = {"-n", "--interval"},
            paramLabel = "SECONDS",
            defaultValue = "${env:PATOP_INTERVAL:-1}",
            description = "How often to ask while nothing happens, 0.1 to 3600; while something does, five times a"
                    + " second. Default: ${DEFAULT-VALUE}. [PATOP_INTERVAL]")
    private double seconds = 1;

    public PollInterval pace() {
        if (!(seconds >= 0.1 && seconds <= 3600)) {
            throw new CommandFailure(ExitCode.USAGE, "--interval is 0.1 to 3600 seconds, not " + seconds);
        }
        return new PollInterval(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
