package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the real cluster: what {@code patop get} prints is what curl prints, byte for byte. */
@Tag("bookworm")
@ExtendWith(OnRealCluster.class)
class BrowserIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A node's API in its own network namespace. */
    private static final String NODE = "http://127.0.0.1:8091";

    private final RealCluster real;

    BrowserIT(RealCluster real) {
        this.real = real;
    }

    /**
     * Answers tell the time, so curl is asked before and after, until both are the same but for the second in
     * which the node saw its DCS: then what came between has to be it too.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/patroni",
                "/cluster",
                "/history",
                "/config",
                "/metrics",
                "/primary",
                "/replica?lag=1MB",
                "/liveness",
                "/failsafe",
                "/no/such/endpoint"
            })
    void getPrintsWhatCurlPrints(String path) throws IOException {
        String script = "cd \"$(mktemp -d)\"; u='" + NODE + path + "'; for i in $(seq 40); do"
                + " curl -s \"$u\" >before; " + patop() + " get " + NODE + " '" + path + "' >got 2>said; code=$?;"
                + " curl -s -w '%{stderr}%{http_code}' \"$u\" >after 2>status;"
                + " sed -i 's/\\(last_seen[^0-9]*\\)[0-9]*/\\1/' before got after;"
                + " cmp -s before after && break; done;"
                + " cmp before got && cmp before after && echo same $code $(cat status); rm -r \"$PWD\"";
        Matcher end = Pattern.compile("same (\\d) (\\d+)").matcher(besideNode(script));

        assertThat(end.find()).isTrue();
        assertThat(end.group(1)).isEqualTo(Integer.parseInt(end.group(2)) < 400 ? "0" : "1");
    }

    @Test
    void aMemberIsFoundByItsName() throws IOException {
        assertThat(besideNode(patop() + " get patroni1 /cluster -u patroni1=" + NODE
                                + " --path '.members[].name' --raw")
                        .lines())
                .containsExactly("patroni1", "patroni2", "patroni3");
    }

    @Test
    void theBrowserSavesWhatCurlPrints(@TempDir Path directory) throws IOException {
        try (Tmux tmux = Tmux.open(80, 24)) {
            tmux.type("cd " + directory + "; " + beside() + " " + patop() + " -u patroni1=" + NODE, "Enter");
            tmux.await("the members", PATIENCE, screen -> screen.contains("patroni3") && screen.contains("Leader"));
            tmux.type(":api", "Enter", "m");
            tmux.await("the members to choose from", PATIENCE, screen -> screen.contains("Which member?"));
            tmux.type("Home", "Enter");
            tmux.await("the node's answer", PATIENCE, screen -> screen.contains("patroni1 /cluster  ✓ 200 OK"));
            int tries = 0;
            String before;
            String after;
            do {
                before = besideNode("curl -s " + NODE + "/cluster");
                tmux.type("r", "w");
                tmux.await("the file's name", PATIENCE, screen -> screen.contains("save to patroni1-cluster.json"));
                tmux.type(String.valueOf(tries), "Enter");
                Path saved = directory.resolve("patroni1-cluster.json" + tries);
                tmux.await("the file", PATIENCE, screen -> Files.exists(saved) && Files.size(saved) > 0);
                after = besideNode("curl -s " + NODE + "/cluster");
                if (before.equals(after)) {
                    assertThat(Files.readString(saved)).isEqualTo(before);
                }
                tries++;
            } while (!before.equals(after) && tries < 10);
            assertThat(before).isEqualTo(after);
            tmux.type("q");
        }
    }

    /** Output of a shell script that runs where the node's own ports are. */
    private String besideNode(String script) throws IOException {
        List<String> command = new ArrayList<>(List.of(beside().split(" ", -1)));
        command.addAll(List.of("timeout", "100", "sh", "-c", script));
        return real.inside(PATIENCE, command.toArray(String[]::new));
    }

    private String beside() throws IOException {
        String process = real.inside(
                        PATIENCE,
                        "sh",
                        "-c",
                        "docker inspect -f '{{.State.Pid}}' $(docker ps -q -f name=patroni_patroni1)")
                .strip();
        return "nsenter -t " + process + " -n";
    }

    private static String patop() {
        return ProcessHandle.current().info().command().orElseThrow()
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "
                + Path.of("target/patop.jar").toAbsolutePath();
    }
}
