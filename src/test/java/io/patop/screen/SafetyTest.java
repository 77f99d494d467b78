package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.haproxy.ProxyCommand;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.PatroniCommand;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is confirmed is done once, to whom it named, and never when nothing may be changed. */
class SafetyTest {

    private static final List<Action> ACTIONS = List.of(
            new Action.ScaleService("s", 0, Optional.of("b")),
            new Action.OnContainer(Action.Verb.KILL, "c", "c", Optional.of("b")),
            new Action.OnMember(MemberOperation.KILL, "b", Optional.empty(), "virsh destroy b"),
            new Action.Simulate("partition-dcs", Optional.of("b"), "cut b off", true),
            new Action.Inject(
                    "partition",
                    new Action.Inject.Place("c", "c", Optional.empty(), 1, List.of()),
                    Optional.of("b"),
                    "cut b off from everything"),
            new Action.Mend("partition-c", Optional.of("b"), "undo partition of b"),
            new Action.OnPatroni(new PatroniCommand.Restart("b", false, Optional.empty())),
            new Action.OnProxy("p", ProxyCommand.typed("disable server a/b"), "disable a/b", Optional.of("b")),
            new Action.StartDrill(List.of("kill"), "leader", 1, 0, "drill"),
            new Action.StopDrill());

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> sent = new ArrayList<>();

    @Test
    void eachCaseIsTriedHere() {
        assertThat(ACTIONS.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Action.class.getPermittedSubclasses())
                        .filter(Class::isRecord)
                        .collect(Collectors.toSet()));
        assertThat(Arrays.stream(Action.class.getPermittedSubclasses())).allMatch(Class::isRecord);
    }

    @Test
    void noneIsEverAskedForReadOnly() {
        ReducerStory told = ReducerStory.healthy();
        for (Action action : ACTIONS) {
            new ScreenContext(state, sent::add, scene(told, true)).ask(new Availability.Possible(action));
            assertThat(state.dialog).as(action.text()).isEmpty();
            press(told, "y");
        }
        assertThat(sent).isEmpty();
    }

    /** A held y is one yes. */
    @Test
    void aHeldKeyIsOneYes() {
        ReducerStory told = ReducerStory.healthy();
        for (Action action : ACTIONS) {
            sent.clear();
            ask(told, action);
            press(told, "yyyyyyyyyy");
            assertThat(sent).as(action.text()).containsExactly(action);
            state.dialog = Optional.empty();
        }
    }

    @Test
    void itIsDoneToWhomItNamedWhereverTheCursorIsByThen() {
        ReducerStory told = ReducerStory.healthy();
        for (Action action : ACTIONS) {
            sent.clear();
            ask(told, action);
            told.seconds(1)
                    .cluster(
                            ReducerStory.replica("c", 1, 0),
                            ReducerStory.replica("aa", 1, 9),
                            ReducerStory.leader("a", 1),
                            ReducerStory.replica("b", 1, 5));
            draw(told);
            state.member.select(Optional.of("c"));
            draw(told);
            press(told, "y");
            assertThat(sent).as(action.text()).containsExactly(action);
            state.dialog = Optional.empty();
        }
    }

    @Test
    void aQuestionLapsesWhenTheLeaderChanges() {
        for (Action action : ACTIONS) {
            if (action.mends()) {
                continue; // What is broken on purpose is for the leader to change.
            }
            ReducerStory told = ReducerStory.healthy();
            ask(told, action);
            told.seconds(1)
                    .cluster(
                            ReducerStory.replica("a", 2, 0),
                            ReducerStory.leader("b", 2),
                            ReducerStory.replica("c", 2, 0))
                    .primary("b", 2, "a", "c");
            draw(told);
            assertThat(state.dialog).as(action.text()).isEmpty();
            press(told, "y");
        }
        assertThat(sent).isEmpty();
    }

    /** That it has left, and that somebody else leads since, is why it is brought back. */
    @Test
    void whatMendsIsStillAskedWhenItsMemberHasLeft() {
        for (Action action : List.of(
                new Action.ScaleService("s", 1, Optional.of("b")),
                new Action.OnContainer(Action.Verb.START, "c", "c", Optional.of("b")),
                new Action.OnContainer(Action.Verb.UNPAUSE, "c", "c", Optional.of("b")),
                new Action.Mend("partition-c", Optional.of("b"), "undo partition of b"),
                new Action.Simulate("reconnect", Optional.of("b"), "connect b again", false),
                new Action.StopDrill())) {
            sent.clear();
            ReducerStory told = ReducerStory.healthy();
            ask(told, action);
            told.seconds(1)
                    .cluster(ReducerStory.replica("a", 2, 0), ReducerStory.leader("c", 2))
                    .primary("c", 2, "a");
            draw(told);
            press(told, "y");
            assertThat(sent).as(action.text()).containsExactly(action);
            state.dialog = Optional.empty();
        }
    }

    @Test
    void beforeAnythingWasSeenThatIsSaid() {
        var unused = keyboard()
                .press(
                        new KeyStroke('K', false, false),
                        new Scene(Dashboard.EMPTY, ReducerStory.START, ZoneOffset.UTC, "", false));
        assertThat(state.notice.orElseThrow().text()).isEqualTo("who leads has not been seen yet");
        unused = keyboard()
                .press(
                        new KeyStroke('-', false, false),
                        new Scene(Dashboard.EMPTY, ReducerStory.START, ZoneOffset.UTC, "", false));
        assertThat(state.notice.orElseThrow().text()).isEqualTo("no member has been seen yet");
    }

    private void ask(ReducerStory told, Action action) {
        draw(told);
        new ScreenContext(state, sent::add, scene(told, false)).ask(new Availability.Possible(action));
        assertThat(state.dialog).as(action.text()).isPresent();
        draw(told);
    }

    private void press(ReducerStory told, String keys) {
        keys.chars().forEach(key -> {
            var unused = keyboard().press(new KeyStroke((char) key, false, false), scene(told, false));
        });
    }

    private void draw(ReducerStory told) {
        keyboard().keepUp(told.dashboard(), told.now());
        BasicTextImage image = new BasicTextImage(new TerminalSize(80, 24));
        new Frame(scene(told, false), state)
                .draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE));
    }

    private static Scene scene(ReducerStory told, boolean readOnly) {
        return new Scene(told.dashboard(), told.now(), ZoneOffset.UTC, "", readOnly);
    }

    private Keyboard keyboard() {
        return new Keyboard(state, sent::add);
    }
}
