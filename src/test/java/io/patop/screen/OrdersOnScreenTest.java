package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.History;
import io.patop.cluster.Lsn;
import io.patop.cluster.PatroniTime;
import io.patop.cluster.Timeline;
import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Observation.ActionReported.Progress;
import io.patop.watch.model.PatroniCommand;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a key to the question and the order that it becomes, and what stands on the screen on the way. */
class OrdersOnScreenTest {

    private static final URI NODE = URI.create("http://a:8091");

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();
    private boolean readOnly;

    @Test
    void theMembersMenuAsksAndThenOrders() {
        ReducerStory told = ReducerStory.healthy();
        select(told, "b");
        press(told, "a");
        assertThat(draw(told, 80, 24))
                .contains(
                        "What to do to b", "restart PostgreSQL of b", "reinitialize", "switch over or fail over to it")
                .doesNotContain("cancel its scheduled restart", "since settings wait");
        enter(told);
        assertThat(draw(told, 80, 24))
                .contains("Restart PostgreSQL of b?", "b is a replica of cluster demo.", "The leader goes on");
        press(told, "y");
        assertThat(asked).containsExactly(order(new PatroniCommand.Restart("b", false, Optional.empty())));
    }

    @Test
    void beforeASwitchoverItSaysWhoCanAndWhyEachOtherCannot() {
        ReducerStory told = ReducerStory.healthy()
                .cluster(
                        ReducerStory.leader("a", 1),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.member(
                                "c", "replica", "running", "\"timeline\":1,\"lag\":0,\"tags\":{\"nofailover\":true}"));
        press(told, "A");
        enter(told);
        assertThat(draw(told, 80, 24))
                .contains("Who shall lead in place of a", "b  can take over, 0 B behind")
                .contains("whom Patroni elects", "c  cannot: it is tagged nofailover");
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Switch over to b", "now", "at a time");
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Switch over from a to b?", "a is the LEADER of cluster demo.");
        press(told, "y");
        assertThat(asked)
                .containsExactly(order(new PatroniCommand.Switchover("a", Optional.of("b"), Optional.empty())));
    }

    @Test
    void whoCannotTakeOverIsOnlyMadeToByForceAndAfterAWarning() {
        ReducerStory told = ReducerStory.healthy()
                .cluster(
                        ReducerStory.leader("a", 1),
                        ReducerStory.member(
                                "b", "replica", "running", "\"timeline\":1,\"lag\":0,\"tags\":{\"nofailover\":true}"));
        press(told, "A");
        enter(told);
        enter(told);
        assertThat(draw(told, 80, 24))
                .contains("b cannot: it is tagged nofailover", "leave it", "fail over to it by force");
        stroke(told, new KeyStroke(KeyType.End));
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Fail over to b?", "is LOST");
        press(told, "y");
        assertThat(asked).containsExactly(order(new PatroniCommand.Failover("b")));
    }

    /** A switchover to it is refused by Patroni, a failover is not: what it costs stands beside each such candidate. */
    @Test
    void whoIsAsynchronousIsToldToLoseAcknowledgedWrites() {
        ReducerStory told = ReducerStory.healthy()
                .cluster(
                        ReducerStory.leader("a", 1),
                        ReducerStory.replica("patroni2", 1, 0),
                        ReducerStory.member("c", "sync_standby", "streaming", "\"timeline\":1,\"lag\":0"));
        config(told, Map.of("synchronous_mode", true));
        press(told, "A");
        enter(told);
        assertThat(draw(told, 80, 24))
                .contains("c  can take over, 0 B behind")
                .contains("patroni2  cannot: it is asynchronous: acknowledged writes may be lost");
        stroke(told, new KeyStroke(KeyType.End));
        enter(told);
        assertThat(draw(told, 80, 24)).contains("patroni2 cannot: it is asynchronous: acknowledged writes may be lost");
        stroke(told, new KeyStroke(KeyType.End));
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Fail over to patroni2?", "is LOST");
    }

    @Test
    void aTimeIsTypedAndABadOneIsSaid() {
        ReducerStory told = ReducerStory.healthy();
        select(told, "b");
        press(told, "a");
        choose(told, "restart it at a time");
        press(told, "soon");
        enter(told);
        assertThat(draw(told, 120, 24)).contains("\"soon\" is no time");
        press(told, "a");
        choose(told, "restart it at a time");
        press(told, "+10m");
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Schedule a restart of b at 2026-11-24T12:10Z?", "it can be cancelled");
        press(told, "y");
        OffsetDateTime at = ReducerStory.START.plusSeconds(600).atOffset(ZoneOffset.UTC);
        assertThat(asked).containsExactly(order(new PatroniCommand.Restart("b", false, Optional.of(at))));
    }

    @Test
    void whatIsScheduledIsInSightWithItsCountdown() {
        ReducerStory told = ReducerStory.healthy()
                .clusterWith(
                        ",\"scheduled_switchover\":{\"at\":\"2026-11-24T12:10:00+00:00\",\"to\":\"b\"}",
                        ReducerStory.leader("a", 1),
                        ReducerStory.replica("b", 1, 0),
                        ReducerStory.replica("c", 1, 0))
                .node(
                        "c",
                        "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"pending_restart\":true,"
                                + "\"pending_restart_reason\":{\"max_connections\":{\"old_value\":\"100\","
                                + "\"new_value\":\"200\"}},\"scheduled_restart\":"
                                + "{\"schedule\":\"2026-11-24T12:05:00+00:00\"}}");
        String screen = draw(told, 80, 24);

        assertThat(screen).contains("switchover to b in 10m 00s").contains("restart of c in 5m 00s");
        assertThat(screen.lines()
                        .filter(line -> line.startsWith("    c"))
                        .findFirst()
                        .orElseThrow())
                .contains("pending, in 5m 00s");
        press(told, "A");
        assertThat(draw(told, 80, 24))
                .contains("cancel the scheduled switchover", "cancel the scheduled restart of c")
                .contains("rolling restart of those that wait for it");
        stroke(told, new KeyStroke(KeyType.Escape));
        select(told, "c");
        enter(told);
        assertThat(draw(told, 100, 40)).contains("max_connections", "100 now, 200 after the restart", "restart due");
    }

    @Test
    void aSecondReinitializationIsWarnedOf() {
        ReducerStory told = ReducerStory.healthy().node("c", "{\"state\":\"creating replica\",\"role\":\"replica\"}");
        select(told, "b");
        press(told, "a");
        choose(told, "reinitialize");

        assertThat(draw(told, 80, 24))
                .contains("ALL ITS DATA ARE REMOVED")
                .contains("WARNING: c is being made anew at the same time.");
    }

    @Test
    void aQuestionLapsesWhenItsMemberHasGoneOrTheConfigurationChanged() {
        ReducerStory told = ReducerStory.healthy();
        select(told, "b");
        press(told, "a");
        enter(told);
        told.cluster(ReducerStory.leader("a", 1), ReducerStory.replica("c", 1, 0));
        draw(told, 80, 24);
        press(told, "y");
        assertThat(asked).isEmpty();
        assertThat(state.notice.orElseThrow().text()).isEqualTo("nothing was done: b has left the cluster meanwhile");

        config(told, Map.of("ttl", 30));
        state.views.show(state.views.named("config").orElseThrow());
        draw(told, 80, 24);
        press(told, "d");
        assertThat(draw(told, 80, 24)).contains("- ttl: 30", "+ ttl not set: Patroni's default counts");
        config(told, Map.of("ttl", 40));
        draw(told, 80, 24);
        press(told, "y");
        assertThat(asked).isEmpty();
        assertThat(state.notice.orElseThrow().text()).contains("somebody changed the configuration meanwhile");
    }

    @Test
    void aSettingIsEditedInALineAndAskedAboutWithItsDifference() {
        ReducerStory told = ReducerStory.healthy();
        config(told, new LinkedHashMap<>(Map.of("ttl", 30)));
        state.views.show(state.views.named("config").orElseThrow());
        assertThat(draw(told, 80, 24)).contains("ttl", "set, as the default", "loop_wait", "default, not set");
        press(told, "e");
        assertThat(state.prompt.orElseThrow().text()).isEqualTo("ttl=30");
        stroke(told, new KeyStroke(KeyType.Backspace));
        stroke(told, new KeyStroke(KeyType.Backspace));
        press(told, "45");
        enter(told);
        assertThat(draw(told, 80, 24)).contains("Change the dynamic configuration?", "- ttl: 30", "+ ttl: 45");
        press(told, "y");
        assertThat(asked)
                .containsExactly(order(new PatroniCommand.ChangeConfig(
                        new DynamicConfig(Map.of("ttl", 30)), new DynamicConfig(Map.of("ttl", 45L)))));
    }

    @Test
    void whatIsUnderWayIsInSightAndItsEndIsTold() {
        ReducerStory told = ReducerStory.healthy();
        Action action = order(new PatroniCommand.Switchover("a", Optional.of("b"), Optional.empty()));
        report(told, action, Progress.BEGUN, "");
        told.seconds(7);
        assertThat(draw(told, 100, 24)).contains("under way 7s: switch over from a to b");

        report(told, action, Progress.FAILED, "HTTP 503 (Switchover failed)");
        assertThat(draw(told, 160, 24))
                .contains("failed to switch over from a to b: HTTP 503 (Switchover failed). b can take over")
                .doesNotContain("under way");
    }

    @Test
    void readOnlyMeansThatNothingIsAsked() {
        readOnly = true;
        ReducerStory told = ReducerStory.healthy();
        config(told, Map.of("ttl", 30));
        for (String keys : List.of("a", "A", ":", "e", "n", "d", "E")) {
            if (keys.equals(":")) {
                state.views.show(state.views.named("config").orElseThrow());
                continue;
            }
            press(told, keys);
            draw(told, 80, 24);
            assertThat(state.dialog).as(keys).isEmpty();
            assertThat(state.prompt).as(keys).isEmpty();
            assertThat(state.editing).as(keys).isEmpty();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void historyAndTopologyStandOnBothSizes() {
        ReducerStory told = ReducerStory.healthy();
        told.tell(new Observation.HistoryAnswered(
                told.now(),
                NODE,
                new History(List.of(new History.Entry(
                        new Timeline(1),
                        new Lsn(0x4000060),
                        "no recovery target specified",
                        Optional.of(PatroniTime.of("2026-11-24T11:00:00+00:00")),
                        Optional.of("a"))))));
        for (int[] size : new int[][] {{80, 24}, {160, 45}}) {
            state.views.show(state.views.named("history").orElseThrow());
            assertThat(draw(told, size[0], size[1]))
                    .contains("1h 00m", "leads now", "2026-11-24 11:00:00", "0/4000060");
            state.views.show(state.views.named("topology").orElseThrow());
            assertThat(draw(told, size[0], size[1])).contains("★ a", "└ b", "└ c", "streaming, async");
        }
    }

    @Test
    void aReplicaThatRunsAndDoesNotStreamIsShownAsSuch() {
        ReducerStory told = ReducerStory.healthy().primary("a", 1, "b");

        assertThat(draw(told, 80, 24)
                        .lines()
                        .filter(line -> line.startsWith("    c"))
                        .findFirst()
                        .orElseThrow())
                .contains("running, no stream");
    }

    @Test
    void wideTerminalsTellReceivedFromReplayed() {
        ReducerStory told = ReducerStory.healthy()
                .node(
                        "b",
                        "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,"
                                + "\"xlog\":{\"received_location\":1000,\"replayed_location\":400}}");
        String screen = draw(told, 160, 45);

        assertThat(screen).contains("RECEIVE LAG", "REPLAY LAG");
        assertThat(screen.lines()
                        .filter(line -> line.startsWith("    b"))
                        .findFirst()
                        .orElseThrow())
                .containsSubsequence("0 B", "600 B");
    }

    private static Action order(PatroniCommand order) {
        return new Action.OnPatroni(order);
    }

    private void report(ReducerStory told, Action action, Progress progress, String detail) {
        draw(told, 80, 24);
        told.tell(new Observation.ActionReported(told.now(), action, progress, detail));
    }

    private static void config(ReducerStory told, Map<String, Object> tree) {
        told.tell(new Observation.ConfigAnswered(told.now(), NODE, new DynamicConfig(tree)));
    }

    private void select(ReducerStory told, String member) {
        draw(told, 80, 24);
        state.member.select(Optional.of(member));
    }

    private void choose(ReducerStory told, String words) {
        for (int i = 0; i < 30 && !draw(told, 80, 24).contains("▸ " + words); i++) {
            stroke(told, new KeyStroke(KeyType.ArrowDown));
        }
        enter(told);
    }

    private void enter(ReducerStory told) {
        stroke(told, new KeyStroke(KeyType.Enter));
    }

    private void press(ReducerStory told, String keys) {
        keys.chars().forEach(key -> stroke(told, new KeyStroke((char) key, false, false)));
    }

    private void stroke(ReducerStory told, KeyStroke stroke) {
        assertThat(keyboard().press(stroke, scene(told))).isEqualTo(Keyboard.Outcome.GO_ON);
    }

    private String draw(ReducerStory told, int columns, int rows) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        keyboard().keepUp(told.dashboard(), told.now());
        new Frame(scene(told), state)
                .draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE));
        StringBuilder screen = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                screen.append(image.getCharacterAt(column, row).getCharacterString());
            }
            screen.append('\n');
        }
        return screen.toString();
    }

    private Scene scene(ReducerStory told) {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, state.filter, readOnly);
    }

    private Keyboard keyboard() {
        return new Keyboard(state, asked::add);
    }
}
