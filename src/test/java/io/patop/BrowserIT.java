package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the real cluster: what {@code patop get} prints is what curl prints, byte for byte. */
@ExtendWith(OnRealCluster.class)
class BrowserIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RealCluster real;

    BrowserIT(RealCluster real) {
        this.real = real;
    }

    /**
     * Answers tell the time, so curl is asked before and after, until both are the same: then what came between
     * has to be it too. The timeout of the command ends it if they never are.
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
        String node = address();
        String script = "cd \"$(mktemp -d)\"; for i in $(seq 40); do"
                + " curl -s 'http://" + node + path + "' >before;"
                + " java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar " + System.getProperty("user.dir")
                + "/target/patop.jar get " + node + " '" + path + "' >got 2>said; code=$?;"
                + " curl -s 'http://" + node + path + "' >after;"
                + " curl -s -o /dev/null -w '%{http_code}' 'http://" + node + path + "' >status;"
                + " sed -i 's/\\(last_seen[^0-9]*\\)[0-9]*/\\1/' before got after;"
                + " if cmp -s before after; then break; fi; done;"
                + " cmp before got && cmp before after && echo same $code $(cat status) $(wc -c <got)";
        Matcher end = Pattern.compile("same (\\d) (\\d+) (\\d+)")
                .matcher(real.inside(PATIENCE, "timeout", "100", "sh", "-c", script));

        assertThat(end.find()).isTrue();
        assertThat(end.group(1)).isEqualTo(Integer.parseInt(end.group(2)) < 400 ? "0" : "1");
    }

    @Test
    void aMemberIsFoundByItsName() throws IOException {
        String names = real.inside(
                PATIENCE,
                "sh",
                "-c",
                "java -jar target/patop.jar get patroni1 /cluster -u " + address() + " --path '.members[].name' --raw");

        assertThat(names.lines()).containsExactly("patroni1", "patroni2", "patroni3");
    }

    /** The address of a node's API on the overlay network, out of the first container's own words. */
    private String address() throws IOException {
        return real.inside(
                                PATIENCE,
                                "sh",
                                "-c",
                                "docker exec $(docker ps -q -f name=patroni_patroni1) sh -c"
                                        + " 'curl -s http://localhost:8091/patroni >/dev/null && hostname -i | cut -d\" \" -f1'")
                        .strip()
                + ":8091";
    }
}
