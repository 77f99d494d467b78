package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be observed can be written and read again, and is the same; a new case needs nothing more. */
class ObservationJsonTest {

    static Stream<Object> observations() {
        return Samples.cases(Observation.class).stream();
    }

    static Stream<Object> actions() {
        return Samples.cases(Action.class).stream();
    }

    @ParameterizedTest
    @MethodSource("observations")
    void comesBackAsItWas(Observation observation) throws Exception {
        String line = ObservationJson.of(observation).toString();

        assertThat(line)
                .doesNotContain("\n")
                .startsWith("{\"is\":\"" + observation.getClass().getSimpleName() + "\"");
        assertThat(ObservationJson.observation(new JsonMapper().readTree(line))).isEqualTo(observation);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void soDoesEachThingThatAPersonAskedFor(Action action) throws Exception {
        Observation observation =
                new Observation.ActionReported(Instant.EPOCH, action, Observation.ActionReported.Progress.DONE, "");

        JsonNode line =
                new JsonMapper().readTree(ObservationJson.of(observation).toString());
        assertThat(ObservationJson.observation(line)).isEqualTo(observation);
    }

    /** All but its lanes, which a recording does not hold. */
    @Test
    void soDoesADashboard() throws Exception {
        for (Object dashboard : Samples.of(Dashboard.class)) {
            JsonNode line = new JsonMapper()
                    .readTree(ObservationJson.of((Dashboard) dashboard).toString());
            assertThat(ObservationJson.dashboard(line)).isEqualTo(((Dashboard) dashboard).withLanes(Lanes.EMPTY));
        }
    }

    @Test
    void theNamesOfCasesAreUnlikeEachOther() {
        List<String> names = SealedCases.cases(Observation.class).stream()
                .map(Class::getSimpleName)
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(8);
    }
}
