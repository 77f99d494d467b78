package io.patop.command;

import io.patop.command.live.FullScreen;
import io.patop.command.live.ReplaySession;
import io.patop.command.live.SessionOptions;
import io.patop.command.live.SessionReport;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.OptionValues;
import io.patop.command.shell.Output;
import io.patop.command.shell.Version;
import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.control.SeekExpression;
import io.patop.recording.NotARecording;
import io.patop.recording.Recording;
import io.patop.recording.RecordingSummary;
import io.patop.text.Printable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patop replay}: plays a recorded session in the dashboard, or prints its report. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Play a recorded session in the dashboard: Space plays and pauses, [ and ] go from event to"
                + " event, . and , step, < and > change the speed, Left and Right go by 10 s.")
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A recording of patop's, compressed or not.")
    private Path file;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "How many times faster than it was, 0.1 to 1000. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(names = "--from", paramLabel = "WHERE", description = "Where to begin: " + SeekExpression.WORDS + ".")
    private String from;

    @Option(names = "--paused", description = "Begin in pause.")
    private boolean paused;

    @Option(names = "--report", description = "Print the failovers and events instead, without a screen.")
    private boolean report;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            completionCandidates = OptionValues.ReportFormats.class,
            description = "Of the report: text, json or markdown. Default: ${DEFAULT-VALUE}.")
    private SessionReport.Format format;

    @Option(names = "--cast", paramLabel = "FILE", description = "Film the screen, as an asciicast.")
    private Path cast;

    @Mixin
    private DisplayOptions looks;

    @Override
    public Integer call() {
        Wind pace = pace();
        Recording recording;
        try {
            if (report) {
                return print(RecordingSummary.read(file));
            }
            recording = Recording.open(file);
        } catch (NotARecording none) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(none));
        }
        try (ReplaySession replaying = new ReplaySession(recording, playback -> first(pace, playback))) {
            int code = FullScreen.show(
                    replaying, looks, true, SessionOptions.filming(Optional.ofNullable(cast)), System.getenv());
            replaying.playback().flatMap(Playback::flaw).ifPresent(this::tell);
            return code;
        }
    }

    private void tell(String flaw) {
        System.err.println("patop: " + file + " is " + flaw);
    }

    private List<Wind> first(Wind pace, Playback playback) {
        List<Wind> first = new ArrayList<>(List.of(pace));
        if (from != null) {
            first.add(SeekExpression.parse(from, playback, ZoneId.systemDefault())
                    .orElseThrow(() ->
                            new CommandFailure(ExitCode.USAGE, "--from is " + SeekExpression.WORDS + ", not " + from)));
        }
        if (!paused) {
            first.add(new Wind.PlayOrPause());
        }
        return first;
    }

    private Wind pace() {
        try {
            return new Wind.Speed(speed);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, "--speed: " + wrong.getMessage());
        }
    }

    private int print(RecordingSummary summary) {
        PrintStream out = Output.utf8();
        SessionReport whole = SessionReport.of(summary.end(), summary.events(), summary.flaw());
        out.print(looks.glyphs(StandardCharsets.UTF_8).drawn(whole.write(format, ZoneId.systemDefault())));
        if (!out.checkError()) {
            summary.flaw().ifPresent(this::tell);
        }
        return ExitCode.DONE;
    }
}
