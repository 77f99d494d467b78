package io.patop.command.live;

import io.patop.cluster.Answer;
import io.patop.docker.LogLine;
import io.patop.docker.LogLines;
import io.patop.docker.LogSpan;
import io.patop.drill.Evidence;
import io.patop.drill.Unrecovered;
import io.patop.recording.OwnersFile;
import io.patop.recording.Recorder;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps evidence in a folder of its own that only its owner can read: what happened, the end of each member's log, and
 * the recording of the session where there is one. What cannot be had is named there, and hides nothing else.
 */
public final class EvidenceFolder implements Evidence {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int LINES = 1000;

    /** Longest time for all logs: the cluster is broken meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path parent;
    private final LogReader logs;
    private final Optional<Recorder> recorder;
    private final Clock clock;

    /**
     * Evidence below that folder, which is made by the first.
     *
     * @param parent holds a folder for each run that did not recover
     * @param logs reads the members' logs
     * @param recorder keeps the session's observations, if they are kept
     * @param clock for the folders' names
     */
    public EvidenceFolder(Path parent, LogReader logs, Optional<Recorder> recorder, Clock clock) {
        this.parent = parent;
        this.logs = logs;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public Optional<String> keep(Unrecovered unrecovered, Dashboard dashboard) {
        try {
            Path folder = folder(dashboard, unrecovered.run());
            List<String> missing = new ArrayList<>();
            logs(folder, dashboard, missing);
            record(folder, missing);
            write(
                    folder.resolve("session.md"),
                    SessionReport.of(dashboard).write(SessionReport.Format.MARKDOWN, ZoneOffset.UTC));
            write(folder.resolve("why.txt"), why(unrecovered, dashboard, missing));
            return Optional.of(folder.toString());
        } catch (IOException unwritable) {
            System.err.println("patop: no evidence could be kept: " + Printable.line(Printable.message(unwritable)));
            return Optional.empty();
        }
    }

    private Path folder(Dashboard dashboard, int run) throws IOException {
        String name = plain(dashboard.identity().scope().orElse("cluster")) + "-" + STAMP.format(clock.instant())
                + "-run-" + run;
        Files.createDirectories(parent.toAbsolutePath().getParent());
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent, ownersOnly(parent));
        }
        Path folder = parent.resolve(name);
        Files.createDirectory(folder, ownersOnly(parent));
        return folder;
    }

    private static FileAttribute<?>[] ownersOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private void logs(Path folder, Dashboard dashboard, List<String> missing) throws IOException {
        Instant end = clock.instant().plus(PATIENCE);
        Set<String> names = new TreeSet<>();
        for (String member : dashboard.members().keySet()) {
            if (clock.instant().isAfter(end)) {
                missing.add("the log of " + member + ": Docker is too slow");
                continue;
            }
            Answer<LogLines> answer = logs.read(dashboard, member, LogSpan.last(LINES));
            answer.failure().ifPresent(failure -> missing.add("the log of " + member + ": " + failure.message()));
            if (answer.value().isPresent()) {
                answer.value()
                        .get()
                        .troubles()
                        .forEach(trouble -> missing.add("of the log of " + member + ": " + trouble));
                String name = plain(member);
                for (int i = 2; !names.add(name); i++) {
                    name = plain(member) + "-" + i;
                }
                write(folder.resolve(name + ".log"), text(answer.value().get()));
            }
        }
    }

    private void record(Path folder, List<String> missing) {
        if (recorder.isEmpty()) {
            return;
        }
        try {
            recorder.get().start(folder.resolve("session.jsonl.gz"));
            Optional<Recorder.Status> unused = recorder.get().stop();
        } catch (IOException unwritable) {
            missing.add("the recording: " + Printable.message(unwritable));
        }
    }

    private static String text(LogLines log) {
        StringBuilder text = new StringBuilder();
        for (LogLine line : log.lines()) {
            text.append(line.at().map(at -> at + " ").orElse(""))
                    .append(line.text())
                    .append('\n');
        }
        return text.toString();
    }

    private static String why(Unrecovered unrecovered, Dashboard dashboard, List<String> missing) {
        StringBuilder text = new StringBuilder("Patroni did not recover: ")
                .append(Printable.line(unrecovered.why()))
                .append("\ncluster  ")
                .append(Printable.line(dashboard.identity().scope().orElse("unknown")))
                .append("\nrun      ")
                .append(unrecovered.run())
                .append("\nfault    ")
                .append(Printable.line(unrecovered.fault()))
                .append('\n');
        missing.forEach(
                each -> text.append("missing  ").append(Printable.line(each)).append('\n'));
        return text.toString();
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = OwnersFile.create(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A name from outside as the name of a file. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "-");
        return plain.isEmpty() ? "member" : plain.substring(0, Math.min(60, plain.length()));
    }
}
