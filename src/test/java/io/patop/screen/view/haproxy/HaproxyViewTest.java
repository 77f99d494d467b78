package io.patop.screen.view.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.control.FaultInjector;
import io.patop.haproxy.AdminLevel;
import io.patop.screen.Frame;
import io.patop.screen.Keyboard;
import io.patop.screen.ViewState;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.ProxyStory;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Observation;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HAProxy view, for a story told to the reducer; and what its keys ask for. */
class HaproxyViewTest {

    private final ViewState state = new ViewState(FaultInjector.NONE);
    private final List<Action> asked = new ArrayList<>();
    private final ReducerStory told = ReducerStory.healthy();
    private boolean readOnly;

    @BeforeEach
    void show() {
        state.views.show(state.views.named("haproxy").orElseThrow());
        told.tell(ProxyStory.of("a", "bc").at(told)).seconds(1);
    }

    @Test
    void serversStandBesideTheirMembersOn80By24() {
        String screen = draw(80, 24);

        assertThat(screen)
                .contains("HAProxy tcp://haproxy:7001 · 2.6.12 · up 1m 40s")
                .contains("✓ sessions for the leader go to a, which leads")
                .containsPattern("▸ +a +UP +★ Leader ✓ +L7OK/200")
                .containsPattern("b +DOWN +Replica ✓ +L7STS/503");
    }

    @Test
    void aContradictionIsDrawnAtOnce() {
        told.tell(ProxyStory.of("ab", "bc").at(told));

        assertThat(draw(120, 24)).contains("two servers are UP: a and b").contains("✗ UP, but no leader");
    }

    @Test
    void theColumnsAreHatops() {
        assertThat(draw(160, 40)).contains("QCUR", "QMAX", "SCUR", "SMAX", "SLIM", "STOT", "ACT", "BCK");
        press('v');
        assertThat(draw(160, 40)).contains("LBTOT", "RATE", "RLIM", "RMAX", "BIN", "BOUT");
        press('v');
        assertThat(draw(160, 40)).contains("RTOT", "1xx", "2xx", "3xx", "4xx", "5xx", "?xx");
        press(KeyType.ArrowRight);
        assertThat(draw(160, 40)).contains("CF", "CD", "CL", "ECONN", "EREQ", "ERSP", "DREQ", "DRSP", "DOWN");
        press(KeyType.ArrowLeft);
        assertThat(draw(160, 40)).contains("RTOT");
    }

    @Test
    void fKeysAskAndOnlyThenActOnTheSelectedServer() {
        draw(80, 24);
        press(KeyType.F10);
        assertThat(draw(80, 24))
                .contains("Disable server one/a in HAProxy?")
                .contains("No other server of one is UP")
                .contains("a is the LEADER");
        assertThat(asked).isEmpty();

        press('y');
        press(KeyType.F7);
        press('y');
        press(KeyType.F2);
        press('y');

        assertThat(asked)
                .extracting(action -> ((Action.OnProxy) action).command().text())
                .containsExactly(
                        "disable server one/a", "set weight one/a 11", "disable server one/a;disable server two/a");
    }

    @Test
    void withoutAnAdminSocketKeysTellTheReason() {
        told.tell(ProxyStory.of("a", "bc").level(AdminLevel.NONE).at(told));
        draw(80, 24);
        press(KeyType.F9);
        assertThat(state.notice.orElseThrow().text()).contains("no admin socket");
        press('a');
        assertThat(state.dialog).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theCommandLineAsksWhereItChangesAndRemembers() {
        draw(80, 24);
        type(">show info");
        assertThat(asked).singleElement().satisfies(action -> assertThat(action.changes())
                .isFalse());
        assertThat(state.dialog).isEmpty();

        type(">disable server ", KeyType.Tab);
        assertThat(draw(80, 24)).contains("Run \"disable server one/a\" in HAProxy?");
        press('n');
        assertThat(asked).hasSize(1);

        press('>');
        press(KeyType.ArrowUp);
        assertThat(state.prompt.orElseThrow().text()).isEqualTo("disable server one/a");
        press(KeyType.ArrowUp);
        press(KeyType.ArrowLeft);
        press('X');
        press(KeyType.Delete);
        assertThat(state.prompt.orElseThrow().text()).isEqualTo("show infX");
        press(KeyType.Escape);
    }

    @Test
    void readOnlyRefusesWhatChangesAndRunsWhatAsks() {
        readOnly = true;
        draw(80, 24);
        type(">disable server one/a");
        assertThat(state.notice.orElseThrow().text()).contains("read-only");
        press(KeyType.F10);
        assertThat(state.dialog).isEmpty();
        assertThat(asked).isEmpty();

        type(">show stat");
        assertThat(asked).hasSize(1);
    }

    @Test
    void answersStayOnTheConsole() {
        told.tell(new Observation.ProxyReplied(told.now(), ProxyStory.NAME, "show x", "one\n\u001b[31mtwo", false));
        type(">show x");

        assertThat(draw(80, 24)).contains("> show x", "one", "two").doesNotContain("\u001b");
        press(KeyType.Escape);
        assertThat(draw(80, 24)).contains("SCUR");
    }

    @Test
    void everyFieldIsExplainedByItsOwnName() {
        told.tell(ProxyStory.of("a", "bc")
                .server("one", "a", "UP", Map.of("qcur", "3", "brand_new", "42"))
                .at(told));
        draw(80, 24);
        press(KeyType.Enter);

        assertThat(draw(100, 40))
                .containsPattern("qcur +3 +requests queued now")
                .containsPattern("brand_new +42");
    }

    @Test
    void rowsAreFilteredAndSorted() {
        state.filter = "two/";
        assertThat(draw(80, 24)).contains("two/a").doesNotContain("one/a");
        state.filter = "";
        press('s');
        press('s');
        assertThat(draw(80, 24)).contains("sorted by trouble");
    }

    @Test
    void aSilentProxyIsDrawnAsOld() {
        told.tell(ProxyStory.silent(told)).seconds(12);

        assertThat(draw(80, 24)).contains("no answer for 12s").contains("one");
    }

    @Test
    void severalProxiesTakeTurns() {
        told.tell(ProxyStory.of("b", "ac").at(told, "/run/other.sock"));
        assertThat(draw(80, 24)).contains("HAProxy /run/other.sock (1 of 2)");
        press('p');
        assertThat(draw(80, 24)).contains("HAProxy tcp://haproxy:7001 (2 of 2)");
    }

    @Test
    void withoutAnyProxyTheWayToOneIsTold() {
        assertThat(draw(new ReducerStory(), 80, 24)).contains("--haproxy");
    }

    @Test
    void theMembersViewTellsInWhichBackendsAMemberIsUp() {
        state.views.show(state.views.all().get(0));

        assertThat(draw(160, 40)).containsPattern("★ a .*one UP").containsPattern("  b .*two UP");
    }

    private void type(String text, KeyType... more) {
        text.chars().forEach(letter -> press((char) letter));
        for (KeyType key : more) {
            press(key);
        }
        press(KeyType.Enter);
    }

    private String draw(int columns, int rows) {
        return draw(told, columns, rows);
    }

    private String draw(ReducerStory story, int columns, int rows) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        new Frame(scene(story), state)
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

    private void press(char key) {
        press(new KeyStroke(key, false, false));
    }

    private void press(KeyType key) {
        press(new KeyStroke(key));
    }

    private void press(KeyStroke stroke) {
        assertThat(new Keyboard(state, asked::add).press(stroke, scene(told))).isEqualTo(Keyboard.Outcome.GO_ON);
    }

    private Scene scene(ReducerStory story) {
        return new Scene(story.dashboard(), story.now(), ZoneOffset.UTC, state.filter, readOnly);
    }
}
