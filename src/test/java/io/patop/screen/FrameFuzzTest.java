package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.graphics.BasicTextImage;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.MutatedJson;
import io.patop.RealAnswers;
import io.patop.cluster.Failure;
import io.patop.control.FaultInjector;
import io.patop.patroni.PatroniJson;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.ColorDepth;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import io.patop.screen.view.Scene;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever story bent answers tell, and whatever is pressed meanwhile, there is a frame and nothing escapes. */
class FrameFuzzTest {

    private static final List<String> MEMBERS = List.of("node1", "node2", "node3", "x");
    private static final URI URL = URI.create("http://127.0.0.1:8008");

    /** One thing seen, some time after the one before. */
    record Step(int kind, int member, String cluster, String node, int millis) {}

    @Property
    void anyStoryCanBeShown(
            @ForAll("stories") List<Step> story, @ForAll("keys") List<Character> keys, @ForAll("sizes") int size) {
        Dashboard dashboard = Dashboard.EMPTY;
        Instant now = ReducerStory.START;
        ViewState state = new ViewState(FaultInjector.NONE);
        Keyboard keyboard = new Keyboard(state, action -> {});
        int pressed = 0;
        for (Step step : story) {
            now = now.plusMillis(step.millis());
            dashboard = see(dashboard, step, now);
            keyboard.keepUp(dashboard, now);
            Scene scene = new Scene(dashboard, now, ZoneOffset.UTC, state.filter, false);
            draw(scene, state, 1 + size % 170, 1 + size / 170);
            if (pressed < keys.size()) {
                var unused = keyboard.press(new KeyStroke(keys.get(pressed++), false, false), scene);
            }
        }
    }

    private static Dashboard see(Dashboard before, Step step, Instant now) {
        String member = MEMBERS.get(step.member());
        try {
            return switch (step.kind()) {
                case 0 ->
                    Reducer.reduce(
                            before,
                            new Observation.NodeFailed(
                                    now, member, URL, new Failure(Failure.Kind.REFUSED, "connection refused")));
                case 1 ->
                    Reducer.reduce(
                            before,
                            new Observation.ClusterFailed(
                                    now, URL, new Failure(Failure.Kind.TIMED_OUT, "no answer within 3 s")));
                case 2, 3, 4 ->
                    Reducer.reduce(
                            before,
                            new Observation.ClusterAnswered(
                                    now,
                                    URL,
                                    Duration.ofMillis(3),
                                    PatroniJson.cluster(PatroniJson.tree(bytes(step.cluster())))));
                default ->
                    Reducer.reduce(
                            before,
                            new Observation.NodeAnswered(
                                    now,
                                    member,
                                    URL,
                                    Duration.ofMillis(3),
                                    PatroniJson.node(PatroniJson.tree(bytes(step.node())))));
            };
        } catch (IOException notPatroni) {
            return before;
        }
    }

    private static void draw(Scene scene, ViewState state, int columns, int rows) {
        BasicTextImage image = new BasicTextImage(new TerminalSize(columns, rows));
        new Frame(scene, state).draw(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.NONE), Glyphs.UNICODE));
        StringBuilder screen = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                String shown = image.getCharacterAt(column, row).getCharacterString();
                screen.append(shown);
                assertThat(shown.codePointAt(0)).isGreaterThanOrEqualTo(' ').isNotEqualTo(0x7f);
                assertThat(Character.getType(shown.codePointAt(0)))
                        .isNotIn((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE);
            }
        }
        assertThat(screen).doesNotContain("a bug: the view");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, MEMBERS.size() - 1),
                        MutatedJson.of(List.of(RealAnswers.body("/cluster"))).map(FrameFuzzTest::text),
                        MutatedJson.of(List.of(RealAnswers.body("/patroni"))).map(FrameFuzzTest::text),
                        Arbitraries.integers().between(0, 40_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Character>> keys() {
        return Arbitraries.of("jkgG\n\t /:?sa-+K123xyn"
                        .chars()
                        .mapToObj(c -> (char) c)
                        .toList())
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(0, 170 * 60);
    }
}
