package io.patop.command;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.drill.DrillReport;
import io.patop.drill.JsonReport;
import io.patop.drill.JunitReport;
import io.patop.drill.MarkdownReport;
import io.patop.drill.SvgReport;
import io.patop.drill.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Writes a drill's report to files, each in the format of its extension. */
final class DrillReports {

    private DrillReports() {}

    /** Refuses a file that cannot be written, before anything is broken. */
    static void require(Path file) {
        format(file);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(ExitCode.USAGE, "--report " + file + ": there is no directory " + folder);
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new CommandFailure(ExitCode.USAGE, "--report " + file + ": it cannot be written");
        }
    }

    /** Writes the report; returns why that failed, empty if it did not. */
    static Optional<String> write(DrillReport report, Path file) {
        try {
            Files.writeString(file, format(file).apply(report));
            return Optional.empty();
        } catch (IOException full) {
            return Optional.of("could not write " + file + ": " + full.getMessage());
        }
    }

    private static Function<DrillReport, String> format(Path file) {
        String name = file.toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "txt", "text" -> TextReport::of;
            case "md", "markdown" -> MarkdownReport::of;
            case "json" -> JsonReport::of;
            case "xml" -> JunitReport::of;
            case "svg" -> SvgReport::of;
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--report " + file + ": its extension is none of .txt, .md, .json, .xml (JUnit), .svg");
        };
    }
}
