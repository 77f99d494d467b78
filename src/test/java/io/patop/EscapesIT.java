package io.patop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program in a real terminal, on servers whose every text is hostile: what the terminal is sent is
 * written down byte by byte, and holds nothing but patop's own sequences.
 */
class EscapesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * Operating system commands, device control strings and their like, by ESC or as C1, a bell, and a NUL.
     */
    private static final Pattern COMMANDS = Pattern.compile("\u001b[\\]PX^_]|[\u0080-\u009f\u0000\u0007\u007f]");

    /** What turns or hides text. */
    private static final Pattern FORMATS = Pattern.compile("\\p{Cf}");

    private static final List<String> SEQUENCES = List.of("\u001b[38;5;201m", "\u001b[6n");

    @TempDir
    Path directory;

    private HostileServer server;
    private ServerSocket database;

    @BeforeEach
    void start() throws IOException {
        server = HostileServer.start();
        database = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread refusing = new Thread(this::refuse, "hostile-database");
        refusing.setDaemon(true);
        refusing.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void nothingGetsThroughTheDashboard() throws Exception {
        for (int[] size : new int[][] {{80, 24}, {160, 45}}) {
            Path raw = directory.resolve("raw" + size[0]);
            try (Tmux tmux = opened(size[0], size[1], raw)) {
                String title = tmux.ask("#{pane_title}");
                tmux.type(
                        patop() + " --haproxy http://" + server.place() + "/haproxy --dsn 'host=127.0.0.1 port="
                                + database.getLocalPort() + " dbname=d user=u'; clear; echo \"ended $?\"",
                        "Enter");
                String members = tmux.await(
                        "the members",
                        SOON,
                        screen -> screen.lines().filter(EscapesIT::isMember).count() == 3);
                assertColumnsAligned(members);
                assertThat(members)
                        .as("what counts is there, whatever is beside it")
                        .contains("ROLE", "STATE", " TL", "LAG");
                for (String view : List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "T")) {
                    look(tmux, view);
                    for (String key : List.of("Down", "Enter", "a", "A", "s", "Tab")) {
                        tmux.type(key);
                        tmux.type("Escape");
                    }
                    look(tmux, "1");
                }
                tmux.type("K");
                tmux.type("Escape");
                look(tmux, "1");
                tmux.type("Escape", "q");
                tmux.await("the shell", SOON, screen -> ENDED.matcher(screen).find());
                assertThat(tmux.ask("#{pane_title}")).isEqualTo(title);
            }
            assertHarmless(raw);
        }
    }

    @Test
    void nothingGetsThroughTheCommands() throws Exception {
        Path raw = directory.resolve("raw");
        Path recording = directory.resolve("session.jsonl");
        try (Tmux tmux = opened(1500, 50, raw)) {
            String url = " -u http://" + server.place();
            for (String format : List.of("pretty", "tsv", "json", "yaml")) {
                run(tmux, "list -e -f " + format + url);
                if (format.equals("pretty")) {
                    assertTableAligned(tmux.screen());
                }
                run(tmux, "history -f " + format + url);
                run(tmux, "services -f " + format + " --docker-host tcp://" + server.place());
            }
            for (String format : List.of("pretty", "csv", "json")) {
                run(tmux, "haproxy -f " + format + " --haproxy http://" + server.place() + "/haproxy" + url);
            }
            for (String command : List.of(
                    "topology",
                    "version",
                    "show-config",
                    "dsn",
                    "get n1 /patroni",
                    "get n1 /cluster",
                    "get n1 /gone",
                    "query",
                    "pause",
                    "restart nobody --force",
                    "switchover --force",
                    "failover --candidate nobody --force")) {
                run(tmux, command + url);
            }
            run(tmux, "probe --count 2 --dsn 'host=127.0.0.1 port=" + database.getLocalPort() + " dbname=d user=u'");
            bounded(tmux, "watch" + url);
            bounded(tmux, "watch --format json" + url);
            bounded(tmux, "record " + recording + url);
            for (String format : List.of("text", "json", "markdown")) {
                run(tmux, "replay " + recording + " --report -f " + format);
            }
            tmux.type(java() + " replay " + recording + "; echo ended $?", "Enter");
            tmux.await("the replay", SOON, screen -> screen.contains("q Quit"));
            tmux.type("q");
            tmux.await("its end", SOON, screen -> screen.contains("ended 0"));
        }
        assertHarmless(raw);
    }

    /**
     * Goes to a view and waits until the key after it has been taken too. A key right after Escape is taken for one
     * with Alt, and some views take keys for themselves: so they are typed until the help is there.
     */
    private static void look(Tmux tmux, String view) throws IOException {
        tmux.type(view);
        tmux.await("the help after " + view, SOON, screen -> {
            if (screen.contains("┌─ Help ─")) {
                return true;
            }
            tmux.type("?");
            aMomentLater();
            if (!tmux.screen().contains("┌─ Help ─")) {
                tmux.type("Escape");
            }
            return false;
        });
        tmux.await("the end of the help", SOON, screen -> {
            if (screen.contains("┌─ Help ─")) {
                tmux.type("Escape");
                aMomentLater();
                return false;
            }
            return true;
        });
    }

    /** Time for the program to take a key. A key that is not taken by then is typed again. */
    private static void aMomentLater() {
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }

    private void run(Tmux tmux, String arguments) throws IOException {
        tmux.type("clear; " + java() + " " + arguments + "; echo \"ended $?\"", "Enter");
        tmux.await(
                "the end of " + arguments, SOON, screen -> ENDED.matcher(screen).find());
    }

    private static final Pattern ENDED = Pattern.compile("(?m)^ended \\d+");

    /** A command that would go on: it is ended as soon as it has seen the cluster. */
    private void bounded(Tmux tmux, String arguments) throws IOException {
        tmux.type("clear; timeout -s INT 5 " + java() + " " + arguments + "; echo \"ended $?\"", "Enter");
        tmux.await(
                "the end of " + arguments, SOON, screen -> ENDED.matcher(screen).find());
    }

    private Tmux opened(int columns, int rows, Path raw) throws IOException {
        Tmux tmux = Tmux.open(columns, rows);
        tmux.tap(raw);
        tmux.type("export HOME=" + directory, "Enter");
        return tmux;
    }

    private String patop() {
        return java() + " -u http://" + server.place() + " --docker-host tcp://" + server.place();
    }

    private String java() {
        return ProcessHandle.current().info().command().orElseThrow()
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/patop.jar";
    }

    private static void assertHarmless(Path raw) throws IOException {
        String sent = Files.readString(raw);
        assertThat(sent).as("the hostile text has come, made harmless").contains("]0;PWNED", "日本");
        assertThat(COMMANDS.matcher(sent).results().map(found -> context(sent, found.start())))
                .isEmpty();
        assertThat(FORMATS.matcher(sent).results().map(found -> context(sent, found.start())))
                .isEmpty();
        assertThat(sent).doesNotContain(SEQUENCES);
    }

    private static String context(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 20))
                .replace("\u001b", "<ESC>");
    }

    private static boolean isMember(String line) {
        return line.matches(".*[★✗] n\\d\ufffd.*state\ufffd.*");
    }

    /** The states stand under each other, whatever stands before them. */
    private static void assertColumnsAligned(String screen) {
        List<Integer> places = screen.lines()
                .filter(EscapesIT::isMember)
                .map(line ->
                        width(line.substring(0, line.indexOf("state\ufffd")).replaceFirst("\\($", "")))
                .distinct()
                .toList();
        assertThat(places).as(screen).hasSize(1);
    }

    private static void assertTableAligned(String screen) {
        List<Integer> widths = screen.lines()
                .filter(line -> line.startsWith("|") || line.startsWith("+"))
                .map(line -> width(line.stripTrailing()))
                .distinct()
                .toList();
        assertThat(widths).as(screen).hasSize(1);
    }

    /** Columns on a terminal. */
    private static int width(String text) {
        return text.codePoints()
                .map(point -> switch (Character.getType(point)) {
                    case Character.NON_SPACING_MARK -> 0;
                    case Character.OTHER_LETTER -> 2;
                    default -> 1;
                })
                .sum();
    }

    /** A database that refuses whoever comes, in words that are hostile. */
    private void refuse() {
        while (!database.isClosed()) {
            try (Socket client = database.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                int length = in.readInt();
                byte[] rest = in.readNBytes(length - 4);
                if (length == 8 && rest[0] == 4) {
                    client.getOutputStream().write('N');
                    in.readNBytes(in.readInt() - 4);
                }
                byte[] fields = ("SFATAL\0C28000\0Mno " + HostileServer.EVIL.replace("\0", "") + "\0\0")
                        .getBytes(StandardCharsets.UTF_8);
                client.getOutputStream().write('E');
                client.getOutputStream().write(new byte[] {0, 0, 0, (byte) (fields.length + 4)});
                client.getOutputStream().write(fields);
                client.getOutputStream().flush();
            } catch (IOException next) {
                assertThat(next).isNotNull();
            }
        }
    }
}
