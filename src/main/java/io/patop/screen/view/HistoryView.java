package io.patop.screen.view;

import io.patop.cluster.History;
import io.patop.cluster.PatroniTime;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Selection;
import io.patop.text.DurationText;
import io.patop.watch.rules.TimelineTerm;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The view of the cluster's timelines, the present one first: who led each, for how long, and where and why it ended.
 */
public final class HistoryView implements View {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Selection selection = new Selection();

    @Override
    public String title() {
        return "History";
    }

    @Override
    public List<String> aliases() {
        return List.of("timelines", "tl");
    }

    @Override
    public void move(int rows, Scene scene) {
        selection.move(rows, reigns(scene).stream().map(HistoryView::key).toList());
    }

    @Override
    public void draw(Canvas canvas, Scene scene) {
        List<TimelineTerm> reigns = reigns(scene);
        canvas.put(0, 0, headline(scene, reigns), Ink.DIM);
        if (!reigns.isEmpty()) {
            List<String> keys = reigns.stream().map(HistoryView::key).toList();
            new Grid<>(columns(scene, canvas.glyphs())).draw(canvas.from(2), reigns, selection.in(keys));
        }
    }

    private static String headline(Scene scene, List<TimelineTerm> reigns) {
        Optional<History> history = scene.dashboard().history();
        if (history.isEmpty()) {
            return "the history has not been read yet";
        }
        if (history.get().entries().isEmpty()) {
            return "no timeline has ended yet: nobody but the first leader has ever led";
        }
        if (reigns.isEmpty()) {
            return "no timeline contains \"" + scene.filter() + "\"";
        }
        return "a timeline begins with each promotion, be it failover or switchover";
    }

    private static List<Column<TimelineTerm>> columns(Scene scene, Glyphs glyphs) {
        ZoneId zone = scene.zone();
        return List.of(
                Column.figure("TL", 0, reign -> Cell.of(reign.timeline().toString())),
                Column.name("LEADER", 0, reign -> leader(reign, glyphs)),
                Column.word("BEGAN", 1, reign -> time(reign.began(), zone, glyphs)),
                Column.figure("LED FOR", 0, reign -> reign.lasted(scene.now())
                        .map(lasted -> Cell.of(DurationText.age(lasted)))
                        .orElse(unknown(glyphs))),
                Column.word(
                        "ENDED",
                        3,
                        reign -> reign.present() ? new Cell("leads now", Ink.GOOD) : time(reign.ended(), zone, glyphs)),
                Column.figure(
                        "AT LSN",
                        2,
                        reign -> Cell.of(reign.lastLsn().map(Object::toString).orElse(""))),
                Column.name("REASON", 4, reign -> new Cell(reign.reason(), Ink.DIM)));
    }

    private static Cell leader(TimelineTerm reign, Glyphs glyphs) {
        return reign.leader()
                .map(name -> new Cell(name, reign.present() ? Ink.LEADER : Ink.TEXT))
                .orElse(unknown(glyphs));
    }

    private static Cell time(Optional<PatroniTime> moment, ZoneId zone, Glyphs glyphs) {
        return moment.map(at -> Cell.of(at.time()
                        .map(time -> TIME.format(time.atZoneSameInstant(zone)))
                        .orElse(at.text())))
                .orElse(unknown(glyphs));
    }

    private static Cell unknown(Glyphs glyphs) {
        return new Cell(glyphs.unknown(), Ink.STALE);
    }

    private static String key(TimelineTerm reign) {
        return reign.timeline().toString();
    }

    private static List<TimelineTerm> reigns(Scene scene) {
        return scene.dashboard().history().stream()
                .flatMap(history -> TimelineTerm.of(history).stream())
                .filter(reign -> scene.passes(key(reign) + " " + reign.leader().orElse("") + " " + reign.reason()))
                .toList();
    }
}
