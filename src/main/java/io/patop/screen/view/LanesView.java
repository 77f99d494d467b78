package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.lanes.LaneChart;
import io.patop.screen.lanes.LaneWindow;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The view of the lanes: time from left to right, a row for each member, the leader key, HAProxy and the probe. It
 * follows the end until a moment is selected.
 */
public final class LanesView implements View {

    private static final int MARKS = 4;
    private static final int LEAST_EVENTS = 3;

    private int cell = LaneWindow.CELLS.indexOf(Duration.ofSeconds(1));
    private int skipped;

    /** The selected moment; empty while the view follows the end. */
    private Optional<Instant> moment = Optional.empty();

    /** The end of the window while a moment is selected. */
    private Instant end = Instant.EPOCH;

    private int columns = 1;

    @Override
    public String title() {
        return "Lanes";
    }

    @Override
    public List<String> aliases() {
        return List.of("lane", "time", "l");
    }

    @Override
    public Optional<Key> opener() {
        return Optional.of(Key.LANES);
    }

    @Override
    public List<ViewKey> keys() {
        return List.of(
                key("< z", "Finer", "a column stands for less time, down to 0.2 s", '<', 'z', (s, c) -> zoom(-1)),
                key("> Z", "Coarser", "a column stands for more time, up to 5 min", '>', 'Z', (s, c) -> zoom(1)),
                ViewKey.named("Left", KeyType.ArrowLeft, "", "select the moment before", true, (s, c) -> step(-1, s)),
                ViewKey.named("Right", KeyType.ArrowRight, "", "select the next moment", true, (s, c) -> step(1, s)),
                ViewKey.named(
                        "Enter", KeyType.Enter, "What was known", "what was known at that moment", true, this::tell),
                ViewKey.named("End", KeyType.End, "", "follow the end again", true, (s, c) -> follow()));
    }

    private static ViewKey key(
            String name,
            String label,
            String explanation,
            char one,
            char other,
            BiConsumer<Scene, ViewContext> effect) {
        return new ViewKey(
                name,
                label,
                explanation,
                true,
                List.of(new KeyStroke(one, false, false), new KeyStroke(other, false, false)),
                effect);
    }

    @Override
    public void move(int rows, Scene scene) {
        int members = scene.dashboard().lanes().members().all().size();
        skipped = Math.max(0, Math.min(members, skipped + rows));
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        Dashboard dashboard = scene.dashboard();
        LaneChart chart = new LaneChart(dashboard, scene.now(), scene.zone());
        columns = chart.columns(canvas);
        LaneWindow window = window(scene);
        int legend = canvas.height() < 12 ? 0 : 2;
        int lanes = Math.min(chart.rows() + MARKS, canvas.height() - LEAST_EVENTS - legend);
        int marks = Math.max(1, Math.min(MARKS, canvas.height() - chart.rows() - legend - 8));
        int y = chart.draw(
                canvas.part(0, 0, canvas.width(), Math.max(4, lanes)),
                window,
                moment.isEmpty(),
                marks,
                skipped,
                moment.flatMap(window::column));
        if (legend > 0) {
            y += LaneChart.legend(canvas.from(y), 0, dashboard.probe().isPresent());
        }
        events(canvas.from(y), window, scene);
    }

    private void events(Canvas canvas, LaneWindow window, Scene scene) {
        if (canvas.height() < 2) {
            return;
        }
        Optional<Integer> column = moment.flatMap(window::column);
        List<Event> events = column.map(at -> between(scene.dashboard(), window.from(at), window.to(at)))
                .orElseGet(() -> between(scene.dashboard(), window.from(0), window.end()));
        canvas.rule(
                0, "Events " + column.map(at -> window.range(at, scene.zone())).orElse("of this time"));
        if (events.isEmpty()) {
            canvas.put(1, 1, none(scene.dashboard(), window.from(column.orElse(0))), Ink.DIM);
            return;
        }
        EventsPanel.draw(canvas.from(1), events, 0, scene.zone());
    }

    /** Returns the reason why there is no event: nothing happened, or it is no longer kept. */
    private static String none(Dashboard dashboard, Instant at) {
        List<Event> kept = dashboard.events();
        boolean forgotten = dashboard.eventsSeen() > kept.size()
                && !kept.isEmpty()
                && at.isBefore(kept.get(0).at());
        return forgotten ? "the events of that time are no longer kept" : "no event";
    }

    private static List<Event> between(Dashboard dashboard, Instant from, Instant to) {
        return dashboard.events().stream()
                .filter(event -> !event.at().isBefore(from) && event.at().isBefore(to))
                .toList();
    }

    /** Returns the time that is shown. */
    public LaneWindow window(Scene scene) {
        Duration length = LaneWindow.CELLS.get(cell);
        return LaneWindow.upTo(moment.isPresent() ? end : scene.now(), length, columns);
    }

    private void zoom(int steps) {
        cell = Math.max(0, Math.min(LaneWindow.CELLS.size() - 1, cell + steps));
        moment.ifPresent(at -> end = at.plus(LaneWindow.CELLS.get(cell).multipliedBy(columns / 2)));
    }

    private void step(int steps, Scene scene) {
        Duration length = LaneWindow.CELLS.get(cell);
        if (moment.isEmpty()) {
            end = scene.now();
        }
        Instant next = moment.map(at -> at.plus(length.multipliedBy(steps))).orElse(end);
        moment = Optional.of(next.isAfter(scene.now()) ? scene.now() : next);
        LaneWindow window = window(scene);
        if (next.isBefore(window.from(0))) {
            end = end.minus(length.multipliedBy(Math.max(1, columns / 2)));
        } else if (!next.isBefore(window.end())) {
            Instant later = end.plus(length.multipliedBy(Math.max(1, columns / 2)));
            end = later.isAfter(scene.now()) ? scene.now() : later;
        }
    }

    private void follow() {
        moment = Optional.empty();
    }

    private void tell(Scene scene, ViewContext context) {
        if (moment.isEmpty()) {
            step(-1, scene);
        }
        LaneWindow window = window(scene);
        Optional<Integer> column = moment.flatMap(window::column);
        if (column.isEmpty()) {
            return;
        }
        int at = column.get();
        List<Cell> lines =
                new ArrayList<>(new LaneChart(scene.dashboard(), scene.now(), scene.zone()).told(window, at));
        lines.add(Cell.EMPTY);
        List<Event> events = between(scene.dashboard(), window.from(at), window.to(at));
        events.forEach(
                event -> lines.add(new Cell(event.text(), event.kind().tone() == Event.Tone.BAD ? Ink.BAD : Ink.TEXT)));
        if (events.isEmpty()) {
            lines.add(new Cell(none(scene.dashboard(), window.from(at)), Ink.DIM));
        }
        context.open(new Dialog.Text(window.range(at, scene.zone()), lines, 0));
    }
}
