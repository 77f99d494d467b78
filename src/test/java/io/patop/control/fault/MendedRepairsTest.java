package io.patop.control.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.watch.model.WorkloadTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is still to be mended, by what Docker shows of the container. */
class MendedRepairsTest {

    @ParameterizedTest
    @CsvSource({
        "paused, false, false",
        "running, true, true",
        "exited, true, false",
        "gone, true, true",
    })
    void aContainerThatIsGoneIsNeitherFrozenNorToBeStarted(String state, boolean thawed, boolean started) {
        EngineView view = view(state);

        assertThat(ActionJournal.isMended(new Repair.Thaw("0123456789ab", "patroni1"), view))
                .isEqualTo(thawed);
        assertThat(ActionJournal.isMended(new Repair.Start("0123456789ab", "patroni1"), view))
                .isEqualTo(started);
    }

    private static EngineView view(String state) {
        EngineView empty = WorkloadTest.view(List.of(), List.of());
        List<Container> containers = state.equals("gone") ? List.of() : List.of(container(state));
        return new EngineView(empty.engine(), empty.services(), empty.tasks(), containers, Optional.empty());
    }

    private static Container container(String state) {
        return new Container(
                "0123456789ab",
                "patroni1",
                "image",
                state,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of());
    }
}
