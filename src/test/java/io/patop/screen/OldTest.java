package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.control.Availability;
import io.patop.control.DockerAvailability;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.MemberRow;
import io.patop.screen.view.MemberRows;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import io.patop.watch.source.Inspection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is old is drawn as old, by itself, as time goes by. */
class OldTest {

    private final Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);

    @Test
    void whatNobodyHasToldForAWhileIsInBrackets() {
        ReducerStory told = ReducerStory.healthy();
        assertThat(row(draw(told, told.now().plusSeconds(3)), "b"))
                .contains("streaming")
                .contains("3 ms");

        String old = draw(told, told.now().plusSeconds(9));
        assertThat(row(old, "b"))
                .contains("(running)")
                .contains("(1)")
                .contains("(0 B)")
                .contains("answered 9s ago");
        assertThat(row(old, "a")).contains("(running)");
    }

    @Test
    void afterNobodyWatchedAllIsOldAtOnceAndFreshWithTheNextAnswers() {
        ReducerStory told = ReducerStory.healthy();
        Instant before = told.now();
        told.seconds(3600).tell(new Observation.NotWatched(told.now(), before));
        String old = draw(told, told.now());
        assertThat(old).contains("OLD: nobody watched for 1h 00m").contains("NOT WATCHED");
        assertThat(row(old, "b")).contains("(running)").contains("answered 1h 00m ago");

        told.cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0))
                .primary("a", 1, "b", "c")
                .standby("b", 1);
        String fresh = draw(told, told.now());
        assertThat(fresh).doesNotContain("OLD:");
        assertThat(row(fresh, "b")).contains("streaming");
        assertThat(row(fresh, "c")).contains("(running)");
    }

    @Test
    void servicesAreOldWhileDockerIsGoneHangsOrHasNoLeader() {
        EngineView view = services(Optional.empty());
        ReducerStory told = ReducerStory.healthy().docker(view);
        assertThat(service(told, told.now())).contains("1/1").doesNotContain("old");

        assertThat(service(told, told.now().plusSeconds(11)))
                .contains("Docker answered 11s ago; below is what it showed then")
                .contains("old 1/1");
        told.seconds(3).docker(services(Optional.of("Docker says: The swarm does not have a leader.")));
        assertThat(service(told, told.now().plusSeconds(4)))
                .contains("services as they were 4s ago; Docker 20.10")
                .contains("The swarm does not have a leader")
                .contains("old 1/1");
        assertThat(DockerAvailability.stop(told.dashboard(), "a"))
                .isEqualTo(new Availability.Impossible(
                        "services cannot be scaled now: Docker says: The swarm does not have a leader."));
        told.docker(view);
        assertThat(service(told, told.now())).doesNotContain("old");
        told.tell(new Observation.DockerFailed(
                told.now(), new Failure(Failure.Kind.ABSENT, "no Docker socket at /var/run/docker.sock")));
        assertThat(service(told, told.now().plusSeconds(2)))
                .contains("no Docker socket at /var/run/docker.sock; below is what it showed 2s ago")
                .contains("old 1/1");
    }

    /** The services' view; and how the home view shows the service of a, with a word where that is old. */
    private String service(ReducerStory told, Instant now) {
        pictures.state.views.show(pictures.state.views.all().stream()
                .filter(view -> view.title().equals("Services"))
                .findFirst()
                .orElseThrow());
        MemberRow row = new MemberRows(told.dashboard(), now, Glyphs.UNICODE)
                .of(told.dashboard().member("a").orElseThrow());
        String old = row.service().ink() == Ink.STALE ? "old " : "";
        return draw(told, now) + old + row.service().text();
    }

    private static EngineView services(Optional<String> without) {
        Service service = new Service(
                "s1",
                "demo_a",
                Service.Mode.REPLICATED,
                Optional.of(1),
                Optional.of(1),
                "image",
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty());
        return new EngineView(
                new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER),
                without.isPresent() ? List.of() : List.of(service),
                List.of(),
                List.of(),
                without);
    }

    private String draw(ReducerStory told, Instant now) {
        return pictures.draw(told.dashboard(), now, 120, 30);
    }

    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] [★✗ ] " + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
