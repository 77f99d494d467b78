package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What patop forecasts and advises, held against drills of a real cluster. They take half an hour, so they run by hand:
 * {@code -Dforky.tests=forecast}.
 */
@Tag("forecast")
@ExtendWith(OnRealCluster.class)
class ForecastIT {

    private static final Duration A_DRILL = Duration.ofMinutes(40);
    private static final String ALL = "stop,kill,crash,freeze,switchover,restart,postgres-kill,partition";

    private final RealDatabase database;
    private final RealDrill drill;

    ForecastIT(RealCluster cluster) throws IOException {
        this.database = new RealDatabase(cluster, A_DRILL);
        this.drill = new RealDrill(cluster, database);
    }

    @AfterEach
    void tidy() throws IOException {
        drill.tidy();
        // Those of the stack that the tests started.
        database.settings("ttl=20", "loop_wait=2", "retry_timeout=3");
        database.sql("DROP TABLE IF EXISTS patop_probe");
    }

    @Test
    void outagesAreWithinTheirForecasts() throws IOException {
        List<JsonNode> runs = runs(drill.run(0, "--fault", ALL, "-n", "3"));
        List<String> outside = new ArrayList<>();
        for (JsonNode run : runs) {
            JsonNode expected = run.path("outage_expected");
            assertThat(expected.isObject()).as(run.toString()).isTrue();
            boolean within =
                    run.path("outage").asDouble() >= expected.path("least").asDouble()
                            && run.path("outage_at_least").asDouble()
                                    <= expected.path("most").asDouble();
            if (!within) {
                outside.add(run.path("fault").asText() + ": " + run.path("outage_at_least") + " to "
                        + run.path("outage") + " s, " + expected);
            }
        }
        System.out.println("outside their forecasts, of " + runs.size() + ": " + outside);
        assertThat(outside).hasSizeLessThanOrEqualTo(runs.size() / 20);
    }

    /** With Patroni's own defaults, as most clusters have them. */
    @Test
    void theAdviceBringsWhatItPromises() throws IOException {
        database.settings("ttl=30", "loop_wait=10", "retry_timeout=10");
        JsonNode before = drill.run(0, "--fault", "kill", "-n", "3");
        JsonNode advice = runs(before).stream()
                .flatMap(run -> stream(run.path("advice")))
                .filter(each -> each.path("settings").has("ttl"))
                .findFirst()
                .orElseThrow();
        database.settings(advice.path("settings").properties().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue().asText())
                .toArray(String[]::new));
        JsonNode after = drill.run(0, "--fault", "kill", "-n", "3");

        double promised = advice.path("saves").asDouble();
        double saved = before.path("outage").path("median").asDouble()
                - after.path("outage").path("median").asDouble();
        System.out.println("promised " + promised + " s, saved " + saved + " s by " + advice.path("change"));
        assertThat(saved).isBetween(promised * 0.7, promised * 1.3);
    }

    private static List<JsonNode> runs(JsonNode report) {
        return stream(report.path("runs")).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
