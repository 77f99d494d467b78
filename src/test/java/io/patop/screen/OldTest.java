package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.Inspection;
import io.patop.watch.Observation;
import io.patop.watch.Told;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is old is drawn as old, by itself, as time goes by. */
class OldTest {

    private final Pictures pictures = new Pictures(Inspection.NONE, Glyphs.UNICODE);

    @Test
    void whatNobodyHasToldForAWhileIsInBrackets() {
        Told told = Told.healthy();
        assertThat(row(draw(told, told.now().plusSeconds(3)), "b")).contains("streaming").contains("3 ms");

        String old = draw(told, told.now().plusSeconds(9));
        assertThat(row(old, "b")).contains("(running)").contains("(1)").contains("(0 B)").contains("answered 9s ago");
        assertThat(row(old, "a")).contains("(running)");
    }

    @Test
    void afterNobodyWatchedAllIsOldAtOnceAndFreshWithTheNextAnswers() {
        Told told = Told.healthy();
        Instant before = told.now();
        told.seconds(3600).tell(new Observation.NotWatched(told.now(), before));
        String old = draw(told, told.now());
        assertThat(old).contains("OLD: nobody watched for 1h 00m").contains("NOT WATCHED");
        assertThat(row(old, "b")).contains("(running)").contains("answered 1h 00m ago");

        told.cluster(Told.leader("a", 1), Told.replica("b", 1, 0), Told.replica("c", 1, 0))
                .primary("a", 1, "b", "c")
                .standby("b", 1);
        String fresh = draw(told, told.now());
        assertThat(fresh).doesNotContain("OLD:");
        assertThat(row(fresh, "b")).contains("streaming");
        assertThat(row(fresh, "c")).contains("(running)");
    }

    private String draw(Told told, Instant now) {
        return pictures.draw(told.dashboard(), now, 120, 30);
    }

    private static String row(String screen, String member) {
        return screen.lines()
                .filter(line -> line.matches("^[▸ ] [★✗ ] " + member + " .*"))
                .findFirst()
                .orElse("");
    }
}
