package io.patop.command.live;

import io.patop.command.configuration.ConfigurationFile;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.DisplayOptions;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Home;
import io.patop.command.shell.Terminals;
import io.patop.command.shell.Version;
import io.patop.recording.Recorder;
import io.patop.screen.ClusterSession;
import io.patop.screen.DashboardScreen;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Tty;
import io.patop.time.SteadyClock;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the dashboard on the terminal, and restores the terminal in every case: the person quits, a signal comes, the
 * connection is lost, or there is a bug.
 */
public final class FullScreen {

    private FullScreen() {}

    /** Shows the cluster or the recording until the person quits; returns the exit code. */
    public static int show(
            ShownSession watching,
            DisplayOptions looks,
            boolean readOnly,
            SessionOptions options,
            Map<String, String> environment) {
        return show(watching, looks, readOnly, options, environment, Optional.empty());
    }

    /** Does the same, and says that line at the beginning. */
    public static int show(
            ShownSession watching,
            DisplayOptions looks,
            boolean readOnly,
            SessionOptions options,
            Map<String, String> environment,
            Optional<String> news) {
        requireTerminal(environment);
        Charset charset = Terminals.charset();
        Tty tty = open(charset, looks);
        DashboardScreen screen = new DashboardScreen(
                tty,
                List.of(new Named("", watching, readOnly).subject(looking -> {})),
                Optional.empty(),
                style(looks, readOnly, charset, environment),
                new EditorProcess(environment),
                watching.clock());
        watching.session().listen(dashboard -> screen.wake());
        watching.onNews(screen::wake);
        Recorder recorder = new Recorder(Version.number(), why -> {
            watching.session()
                    .accept(new Observation.RecordingFailed(watching.clock().instant(), why));
            screen.say(why, Ink.BAD);
        });
        SessionFiles files = new SessionFiles(watching, recorder, Clock.systemUTC(), screen::say);
        screen.accompany(files, options.alarm(tty));
        Thread lastLines = new Thread(files::close, "patop-last-lines");
        Runtime.getRuntime().addShutdownHook(lastLines);
        Optional<EventHook> hook = options.hook(why -> screen.say(why, Ink.BAD));
        int code;
        try (files) {
            code = run(screen, tty, () -> {
                options.begin(recorder, files);
                watching.session().tap(recorder);
                hook.ifPresent(watching.session()::listen);
                watching.start();
                news.ifPresent(line -> screen.say(line, Ink.WARNING));
            });
        } finally {
            hook.ifPresent(EventHook::close);
        }
        if (!files.failures().isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, String.join("; ", files.failures()));
        }
        return code;
    }

    /**
     * A watched cluster with its name.
     *
     * @param name the name in the fleet; empty if the cluster is alone
     * @param watching the session
     * @param readOnly whether nothing may be changed
     */
    public record Named(String name, ShownSession watching, boolean readOnly) {
        public ClusterSession subject(Consumer<Boolean> attended) {
            return new ClusterSession(
                    name,
                    watching::dashboard,
                    watching.faults(),
                    watching.inspection(),
                    watching.logs(),
                    readOnly ? action -> onlyAsking(action, watching) : watching.actor(),
                    readOnly,
                    attended);
        }
    }

    /** Shows a fleet, of which one cluster may be open at first; returns the exit code. */
    public static int show(
            Map<Named, LiveSession> fleet,
            Optional<String> first,
            DisplayOptions looks,
            boolean readOnly,
            Map<String, String> environment) {
        requireTerminal(environment);
        Charset charset = Terminals.charset();
        Tty tty = open(charset, looks);
        DashboardScreen screen = new DashboardScreen(
                tty,
                fleet.entrySet().stream()
                        .map(entry -> entry.getKey().subject(entry.getValue()::attend))
                        .toList(),
                first,
                style(looks, readOnly, charset, environment),
                new EditorProcess(environment),
                SteadyClock.system());
        fleet.values().forEach(cluster -> {
            cluster.session().listen(dashboard -> screen.wake());
            cluster.onNews(screen::wake);
        });
        return run(screen, tty, () -> fleet.values().forEach(LiveSession::start));
    }

    /** Draws until the person quits or the terminal is gone; returns the exit code. */
    private static int run(DashboardScreen screen, Tty tty, Runnable begin) {
        sayBugs(screen);
        CountDownLatch drawn = new CountDownLatch(1);
        Thread wayOut = new Thread(() -> leave(screen, drawn, tty), "patop-way-out");
        Runtime.getRuntime().addShutdownHook(wayOut);
        // All anew even where the size is the old one again: the terminal has lost what was outside of it meanwhile.
        tty.onResize(screen::redraw);
        tty.onSuspend(screen::redraw);
        try {
            begin.run();
            screen.run();
            return ExitCode.DONE;
        } catch (IOException lost) {
            return ExitCode.DONE;
        } finally {
            drawn.countDown();
            leave(screen, drawn, tty);
        }
    }

    private static DashboardScreen.Style style(
            DisplayOptions looks, boolean readOnly, Charset charset, Map<String, String> environment) {
        ConfigurationFile own =
                ConfigurationFile.readIfThere(ConfigurationFile.standard(environment, Home.of(environment)));
        return new DashboardScreen.Style(
                looks.theme(environment).with(own.colors()),
                looks.glyphs(charset),
                own.keys(),
                readOnly,
                ZoneId.systemDefault());
    }

    /** Shows a bug on any thread in the status line, instead of a stack trace over the screen. */
    private static void sayBugs(DashboardScreen screen) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, bug) -> screen.say("a bug on thread " + thread.getName() + ": " + bug, Ink.BAD));
    }

    /** Lets only actions pass that change nothing. */
    private static void onlyAsking(Action action, ShownSession watching) {
        if (!action.changes()) {
            watching.actor().accept(action);
        }
    }

    /**
     * Restores the terminal after the last frame has been drawn, since a late frame must not land in the shell. The
     * wait is bounded.
     */
    private static void leave(DashboardScreen screen, CountDownLatch drawn, Tty tty) {
        screen.end();
        try {
            boolean ignored = drawn.await(500, TimeUnit.MILLISECONDS);
            tty.exitPrivateMode();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException lost) {
            // A terminal that is gone need not be restored.
            return;
        }
    }

    private static Tty open(Charset charset, DisplayOptions looks) {
        try {
            Tty tty = Tty.open(charset);
            if (looks.mouse()) {
                tty.useMouse();
            }
            return tty;
        } catch (IOException none) {
            throw new CommandFailure(ExitCode.USAGE, "the dashboard needs a terminal: " + none.getMessage());
        }
    }

    private static void requireTerminal(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "").equals("dumb")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "TERM=dumb cannot show a dashboard: use patop watch or patop list -W instead");
        }
        if (!Terminals.input() || !Terminals.output()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the dashboard needs a terminal on standard input and output; in a pipe use patop list or patop"
                            + " watch");
        }
    }
}
