package io.patop.command.live;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.recording.Recorder;
import io.patop.screen.Alarm;
import io.patop.screen.terminal.Tty;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options for the files that are kept of a session, and for the alarm and hook at events. */
public final class SessionOptions {

    /** The ways to make a terminal show a notification. */
    enum Notify {
        OSC9,
        OSC777
    }

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Record the session for patop replay; compressed if the name ends in .gz. Ctrl-R does it"
                    + " later, from as far back as is kept.")
    private Path record;

    @Option(names = "--cast", paramLabel = "FILE", description = "Film the screen, as an asciicast.")
    private Path cast;

    @Option(
            names = "--bell",
            defaultValue = "${env:PATOP_BELL:-false}",
            description = "Ring the terminal's bell at bad news and at a new leader. [PATOP_BELL]")
    private boolean bell;

    @Option(
            names = "--notify",
            arity = "0..1",
            fallbackValue = "osc9",
            paramLabel = "HOW",
            defaultValue = "${env:PATOP_NOTIFY}",
            description = "Have the terminal notify you of the same: osc9 (default) or osc777. [PATOP_NOTIFY]")
    private Notify notify;

    @Option(
            names = "--on-event",
            paramLabel = "COMMAND",
            defaultValue = "${env:PATOP_ON_EVENT}",
            description = "Run a shell command at each event, with the event as JSON on its input; for 10 s at"
                    + " most. [PATOP_ON_EVENT]")
    private String onEvent;

    /** Starts the files that are written from the session's beginning. */
    void begin(Recorder recorder, SessionFiles files) {
        try {
            if (record != null) {
                recorder.start(record);
            }
            if (cast != null) {
                files.startFilm(cast);
            }
        } catch (IOException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Returns the alarm that the options ask for. */
    Alarm alarm(Tty tty) {
        return new Alarm(text -> {
            if (bell) {
                tty.ring();
            }
            if (notify != null) {
                tty.tell(notify == Notify.OSC9 ? Tty.Notification.OSC9 : Tty.Notification.OSC777, text);
            }
        });
    }

    /** Returns the hook that runs at each event, if there is one. */
    Optional<EventHook> hook(Consumer<String> trouble) {
        return onEvent == null || onEvent.isBlank() ? Optional.empty() : Optional.of(new EventHook(onEvent, trouble));
    }

    /** Returns options with a film and nothing else. */
    public static SessionOptions filming(Optional<Path> cast) {
        SessionOptions options = new SessionOptions();
        cast.ifPresent(file -> options.cast = file);
        return options;
    }
}
