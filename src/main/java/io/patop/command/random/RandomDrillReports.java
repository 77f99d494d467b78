package io.patop.command.random;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.drill.random.RandomDrillJson;
import io.patop.drill.random.RandomDrillReport;
import io.patop.drill.random.RandomDrillSvg;
import io.patop.drill.random.RandomDrillText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Writes a random drill's report to files, each in the format of its extension. */
public final class RandomDrillReports {

    private RandomDrillReports() {}

    /** Refuses a file of a format that there is not. */
    public static void require(Path file) {
        Function<RandomDrillReport, String> unused = format(file);
    }

    /** Writes the report; returns why that failed, empty if it did not. */
    static Optional<String> write(RandomDrillReport report, Path file) {
        try {
            Files.writeString(file, format(file).apply(report));
            return Optional.empty();
        } catch (IOException full) {
            return Optional.of("could not write " + file + ": " + full.getMessage());
        }
    }

    private static Function<RandomDrillReport, String> format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return RandomDrillJson::of;
        }
        if (name.endsWith(".txt")) {
            return RandomDrillText::of;
        }
        if (name.endsWith(".svg")) {
            return RandomDrillSvg::of;
        }
        throw new CommandFailure(
                ExitCode.USAGE, "--report " + file + ": with --random its extension is .txt, .json or .svg");
    }
}
