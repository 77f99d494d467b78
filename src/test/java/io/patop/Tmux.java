package io.patop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real terminal: a tmux of the test's own, typed into and read from. */
public final class Tmux implements AutoCloseable {

    /** Not the machine's own: a person without a locale would have only ASCII signs. */
    private static final String UTF_8 = "LC_ALL=C.UTF-8";

    private final String socket = "patop-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    /** A window of that size in which a plain shell runs. What is broken in it is told of in no other test. */
    public static Tmux open(int columns, int rows) throws IOException {
        Tmux tmux = new Tmux();
        Path state = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "state-");
        String shell = "env PS1='$ ' " + UTF_8 + " XDG_STATE_HOME=" + state.toAbsolutePath() + " bash --norc";
        tmux.tmux("new-session", "-d", "-x", "" + columns, "-y", "" + rows, shell);
        return tmux;
    }

    /** Types text, or a key by tmux's name of it. */
    public void type(String... keys) throws IOException {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    /** Pastes text, as a person does with the mouse; marked as pasted where the program has asked for that. */
    public void paste(String text, boolean marked) throws IOException {
        Path file = Files.writeString(Files.createTempFile("patop-paste", ""), text);
        try {
            tmux("load-buffer", file.toString());
            tmux(marked ? new String[] {"paste-buffer", "-p"} : new String[] {"paste-buffer"});
        } finally {
            Files.delete(file);
        }
    }

    public void resize(int columns, int rows) throws IOException {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    public String screen() throws IOException {
        return tmux("capture-pane", "-p");
    }

    /** The screen with its colours, as escape sequences. */
    public String colors() throws IOException {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Has all that the terminal is sent from now on written into a file too, byte by byte. */
    public void tap(Path file) throws IOException {
        tmux("pipe-pane", "cat >> " + file);
    }

    public String ask(String format) throws IOException {
        return tmux("display-message", "-p", format).strip();
    }

    /** Whether a screen is the one that is waited for; may type to bring it about. */
    public interface Wanted {
        boolean test(String screen) throws IOException;
    }

    /** The first screen that is as wanted; fails with the last one if none is in time. */
    public String await(String what, Duration bound, Wanted wanted) throws IOException {
        return Awaitility.await(what)
                .atMost(bound)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Seen.of(screen(), wanted), Seen::isWanted)
                .screen();
    }

    private record Seen(String screen, boolean isWanted) {

        static Seen of(String screen, Wanted wanted) throws IOException {
            return new Seen(screen, wanted.test(screen));
        }

        /** For the message of a wait that failed. */
        @Override
        public String toString() {
            return "\n" + screen;
        }
    }

    @Override
    public void close() throws IOException {
        tmux("kill-server");
    }

    private String tmux(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-L", socket));
        command.addAll(List.of(arguments));
        return RealCluster.run(Duration.ofSeconds(20), command);
    }
}
