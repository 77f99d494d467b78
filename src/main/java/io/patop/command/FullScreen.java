package io.patop.command;

import io.patop.screen.DashboardScreen;
import io.patop.screen.Tty;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the dashboard on the terminal, and gives the terminal back whatever happens: the person quits, a
 * signal comes, the connection is lost, or there is a bug.
 */
final class FullScreen {

    private FullScreen() {}

    /** Shows the cluster until the person has seen enough; tells the exit code. */
    static int show(Watching watching, Looks looks, boolean readOnly, Map<String, String> environment) {
        requireTerminal(environment);
        Charset charset = Terminals.charset();
        Tty tty = open(charset);
        DashboardScreen screen = new DashboardScreen(
                tty,
                watching.session()::dashboard,
                watching.faults(),
                readOnly ? action -> {} : watching::order,
                new DashboardScreen.Style(
                        looks.theme(environment), looks.glyphs(charset), readOnly, ZoneId.systemDefault()),
                new EditorProcess(environment),
                watching.clock());
        CountDownLatch drawn = new CountDownLatch(1);
        Thread wayOut = new Thread(() -> leave(screen, drawn, tty), "patop-way-out");
        Runtime.getRuntime().addShutdownHook(wayOut);
        tty.onResize(screen::wake);
        watching.session().listen(dashboard -> screen.wake());
        try {
            watching.start();
            screen.run();
            return ExitCode.DONE;
        } catch (IOException lost) {
            return ExitCode.DONE;
        } finally {
            drawn.countDown();
            leave(screen, drawn, tty);
        }
    }

    /** A late frame must not land in the shell, so whoever draws has to have ended; but not for ever. */
    private static void leave(DashboardScreen screen, CountDownLatch drawn, Tty tty) {
        screen.end();
        try {
            boolean ignored = drawn.await(500, TimeUnit.MILLISECONDS);
            tty.exitPrivateMode();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException lost) {
            // A terminal that is gone needs nothing back.
            return;
        }
    }

    private static Tty open(Charset charset) {
        try {
            return Tty.open(charset);
        } catch (IOException none) {
            throw new Complaint(ExitCode.USAGE, "the dashboard needs a terminal: " + none.getMessage());
        }
    }

    private static void requireTerminal(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "").equals("dumb")) {
            throw new Complaint(
                    ExitCode.USAGE, "TERM=dumb cannot show a dashboard: use patop watch or patop list -W instead");
        }
        if (!Terminals.input() || !Terminals.output()) {
            throw new Complaint(
                    ExitCode.USAGE,
                    "the dashboard needs a terminal on standard input and output; in a pipe use patop list or patop"
                            + " watch");
        }
    }
}
