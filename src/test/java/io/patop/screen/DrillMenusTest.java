package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.FaultInjector;
import io.patop.probe.Dsn;
import io.patop.probe.ProbeSettings;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Observation;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which faults a person can choose for a drill, where nothing but Docker's own verbs can be done. */
class DrillMenusTest {

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final ReducerStory told = ReducerStory.healthy();
    private final Scene scene = new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, "", false);
    private final ScreenContext context = new ScreenContext(
            state,
            action -> {
                throw new AssertionError("nothing is done without a question: " + action);
            },
            scene);

    @Test
    void aFaultThatNothingHereGoesWithIsSaidToBeAlone() {
        new DrillMenus(FaultInjector.NONE, scene, context).open();
        assertThat(choices())
                .contains("stop", "switchover", "restart PostgreSQL", "several at the same time ...")
                .noneMatch(choice -> choice.contains("partition"));
        choose("several at the same time ...");
        assertThat(choices()).contains("stop").doesNotContain("switchover", "restart PostgreSQL", "that is all");

        choose("stop");

        assertThat(state.notice.orElseThrow().text())
                .isEqualTo("no drill: nothing here can be broken together with that");
    }

    /** Clients write to the probe's table, so there are none without a probe. */
    @Test
    void clientsAreOfferedWhereAProbeWrites() {
        open(scene);
        choose("stop");
        choose("the leader");
        assertThat(choices()).contains("once").doesNotContain("with clients that write too ...");

        told.tell(new Observation.ProbeStarted(
                told.now(),
                ProbeSettings.of(Dsn.parse("postgresql://app@haproxy:5000/db", Map.of()))
                        .target()));
        open(new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, "", false));
        choose("stop");
        choose("the leader");
        choose("with clients that write too ...");
        choose("60");

        assertThat(menu().title()).isEqualTo("Failover drill: 60 clients write too; how often?");
        assertThat(choices()).contains("once").doesNotContain("with clients that write too ...");
    }

    private void open(Scene shown) {
        new DrillMenus(FaultInjector.NONE, shown, context).open();
    }

    private Dialog.Menu menu() {
        return (Dialog.Menu) state.dialog.orElseThrow();
    }

    private List<String> choices() {
        return menu().choices().stream().map(Dialog.Choice::words).toList();
    }

    private void choose(String text) {
        menu().choices().stream()
                .filter(choice -> choice.words().equals(text))
                .findFirst()
                .orElseThrow()
                .chosen()
                .accept(context);
    }
}
