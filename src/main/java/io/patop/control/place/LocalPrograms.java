package io.patop.control.place;

import io.patop.net.ProgramEnvironment;
import io.patop.text.Printable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Programs of this machine. They have no terminal, so that none can ask for a password, and get none of patop's own
 * secrets.
 *
 * @param environment the environment that they get, less what was given to patop alone
 */
public record LocalPrograms(Map<String, String> environment) implements Programs {

    /** How long the output of a program that has ended is waited for: what it started may hold it open for ever. */
    private static final long OUTPUT_MILLIS = 500;

    public LocalPrograms {
        environment = Map.copyOf(environment);
    }

    @Override
    public Result run(List<String> command, Duration longest) {
        if (find(command.get(0)).isEmpty()) {
            return new NotStarted("there is no program " + Printable.line(command.get(0))
                    + (command.get(0).contains("/") ? "" : " on the PATH"));
        }
        // With setsid there is no terminal that a program could open to ask for a password. macOS has none.
        List<String> whole = new ArrayList<>(find("setsid").isPresent() ? List.of("setsid") : List.of());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole);
        ProgramEnvironment.replace(builder.environment(), environment);
        try {
            Process process = builder.redirectInput(new File("/dev/null")).start();
            OutputTail output = OutputTail.of(process.getInputStream());
            OutputTail errors = OutputTail.of(process.getErrorStream());
            return ended(process, longest, output, errors);
        } catch (IOException unable) {
            return new NotStarted(
                    "cannot run " + Printable.line(command.get(0)) + ": " + Printable.line(Printable.message(unable)));
        }
    }

    private static Result ended(Process process, Duration longest, OutputTail output, OutputTail errors) {
        boolean inTime = false;
        boolean interrupted = false;
        try {
            inTime = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            interrupted = true;
        }
        if (!inTime) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String complaint = errors.line(OUTPUT_MILLIS);
        String result = output.line(OUTPUT_MILLIS);
        String said = complaint.isEmpty() ? result : complaint;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inTime ? new Ended(process.exitValue(), said, result) : new TookTooLong(said);
    }

    private Optional<Path> find(String program) {
        try {
            if (program.contains("/")) {
                return Optional.of(Path.of(program)).filter(LocalPrograms::isProgram);
            }
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                if (!folder.isEmpty() && isProgram(Path.of(folder, program))) {
                    return Optional.of(Path.of(folder, program));
                }
            }
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
