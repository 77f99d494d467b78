package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Column;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Grid;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.terminal.Selection;
import io.patop.text.DurationText;
import io.patop.watch.model.Summary;
import io.patop.watch.model.Summary.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The clusters of a fleet, a row each, those in trouble first. Enter opens one. Used by the screen's thread alone.
 */
final class FleetBoard {

    /** What a key has led to. */
    sealed interface Outcome {
        /** Opens a cluster if that is what the key was for; returns whether the screen goes on. */
        boolean goesOn(Consumer<String> open);

        /** The board stays. */
        record GoOn() implements Outcome {
            @Override
            public boolean goesOn(Consumer<String> open) {
                return true;
            }
        }

        /** One cluster is opened. */
        record Open(String name) implements Outcome {
            @Override
            public boolean goesOn(Consumer<String> open) {
                open.accept(name);
                return true;
            }
        }

        /** The person quits. */
        record Quit() implements Outcome {
            @Override
            public boolean goesOn(Consumer<String> open) {
                return false;
            }
        }
    }

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final List<String> HELP = List.of(
            "Up, Down     select a cluster; Home, End, PgUp, PgDn too",
            "Enter        open it; Esc comes back here",
            "/            show only clusters whose line contains a text",
            "s            sort by trouble, or by name",
            "q            end patop",
            "",
            "UP: members that answer and run, of those that are listed.",
            "LAG: of the replica that is furthest behind, live where it can be.");

    private final List<ClusterSession> clusters;
    private final KeyBindings keys;
    private final Selection selection = new Selection();
    private Optional<String> typing = Optional.empty();
    private String filter = "";
    private boolean byName;
    private boolean help;

    FleetBoard(List<ClusterSession> clusters, KeyBindings keys) {
        this.clusters = List.copyOf(clusters);
        this.keys = keys;
    }

    void draw(Canvas canvas, Instant now, ZoneId zone) {
        List<Summary> all = summaries();
        List<Summary> rows = rows(all);
        header(canvas, all, now, zone);
        List<String> names = rows.stream().map(Summary::name).toList();
        if (selection.in(names) < 0 && !names.isEmpty()) {
            selection.select(Optional.of(names.get(0)));
        }
        Canvas body = canvas.part(0, 2, canvas.width(), canvas.height() - 4);
        new Grid<>(columns(now, canvas.glyphs())).draw(body, rows, selection.in(names));
        if (rows.isEmpty()) {
            body.put(2, 1, "no cluster contains \"" + filter + "\"", Ink.STALE);
        }
        if (help) {
            help(body);
        }
        bottom(canvas);
    }

    Outcome press(KeyStroke typed) {
        if (typing.isPresent()) {
            type(typed, typing.get());
            return new Outcome.GoOn();
        }
        return keys.standard(typed).map(this::pressed).orElse(new Outcome.GoOn());
    }

    private Outcome pressed(KeyStroke stroke) {
        Optional<Key> key = Key.of(stroke);
        if (help) {
            help = false;
            return key.filter(pressed -> pressed == Key.QUIT && stroke.isCtrlDown())
                            .isPresent()
                    ? new Outcome.Quit()
                    : new Outcome.GoOn();
        }
        if (Key.same(new KeyStroke('s', false, false), stroke)) {
            byName = !byName;
        }
        if (key.isEmpty()) {
            return new Outcome.GoOn();
        }
        switch (key.get()) {
            case QUIT -> {
                return new Outcome.Quit();
            }
            case ENTER -> {
                return selection.name().<Outcome>map(Outcome.Open::new).orElse(new Outcome.GoOn());
            }
            case HELP -> help = true;
            case FILTER -> typing = Optional.of(filter);
            case BACK -> filter = "";
            default -> move(key.get().rows());
        }
        return new Outcome.GoOn();
    }

    /** Handles what the mouse did: moves the selection, or presses a key. */
    Outcome point(Pointer.Act act) {
        return act.accept(new Pointer.Act.Visitor<>() {
            @Override
            public Outcome move(int rows) {
                if (typing.isEmpty() && !help) {
                    FleetBoard.this.move(rows);
                }
                return new Outcome.GoOn();
            }

            @Override
            public Outcome press(KeyStroke key) {
                return FleetBoard.this.press(key);
            }

            /** A fleet has no other views. */
            @Override
            public Outcome show(int view) {
                return new Outcome.GoOn();
            }
        });
    }

    private void move(int rows) {
        selection.move(rows, rows(summaries()).stream().map(Summary::name).toList());
    }

    /** Types pasted text into the line that is being typed; ignores it if there is none. */
    void paste(String text) {
        if (typing.isPresent()) {
            String line = text.lines().findFirst().orElse("");
            filter = typing.get() + line.substring(0, Math.min(100, line.length()));
            typing = Optional.of(filter);
        }
    }

    private void type(KeyStroke stroke, String text) {
        if (stroke.getKeyType() == KeyType.Escape) {
            filter = "";
            typing = Optional.empty();
        } else if (stroke.getKeyType() == KeyType.Enter) {
            typing = Optional.empty();
        } else if (stroke.getKeyType() == KeyType.Backspace) {
            filter = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
            typing = Optional.of(filter);
        } else if (stroke.getKeyType() == KeyType.Character && !stroke.isCtrlDown() && text.length() < 100) {
            filter = text + stroke.getCharacter();
            typing = Optional.of(filter);
        }
    }

    private static void header(Canvas canvas, List<Summary> all, Instant now, ZoneId zone) {
        long outages =
                all.stream().filter(summary -> summary.trouble().isOutage()).count();
        long troubled = all.stream()
                .filter(summary -> summary.trouble() != Trouble.NONE && summary.trouble() != Trouble.UNKNOWN)
                .count();
        int x = canvas.put(0, 0, "patop fleet ", Ink.TITLE);
        x = canvas.put(x, 0, all.size() + " clusters", Ink.TEXT);
        if (troubled == 0) {
            canvas.put(x, 0, canvas.glyphs().separator() + "all well", Ink.GOOD);
        } else {
            canvas.put(
                    x,
                    0,
                    canvas.glyphs().separator() + outages + " in outage, " + (troubled - outages) + " in other trouble",
                    outages > 0 ? Ink.BAD : Ink.WARNING);
        }
        canvas.putRight(canvas.width(), 0, CLOCK.format(LocalTime.ofInstant(now, zone)), Ink.DIM);
    }

    private static List<Column<Summary>> columns(Instant now, Glyphs glyphs) {
        return List.of(
                Column.name("CLUSTER", 0, summary -> Cell.of(summary.name())),
                Column.word("TROUBLE", 0, summary -> trouble(summary, glyphs)),
                Column.figure("FOR", 0, summary -> summary.since()
                        .map(since -> new Cell(
                                DurationText.age(Duration.between(since, now)),
                                summary.trouble().isOutage() ? Ink.BAD : Ink.WARNING))
                        .orElse(Cell.EMPTY)),
                Column.name("LEADER", 0, summary -> summary.leader()
                        .map(leader -> new Cell(leader, Ink.LEADER))
                        .orElse(new Cell(summary.members() == 0 ? glyphs.unknown() : "nobody", Ink.STALE))),
                Column.figure("UP", 0, summary -> up(summary, glyphs)),
                Column.figure("LAG", 1, summary -> summary.worstLag()
                        .map(lag -> new Cell(
                                io.patop.text.ByteText.text(lag),
                                summary.trouble() == Trouble.LAGGING ? Ink.WARNING : Ink.TEXT))
                        .orElse(new Cell(glyphs.unknown(), Ink.STALE))),
                Column.figure("TL", 2, summary -> summary.timeline()
                        .map(timeline -> Cell.of(timeline.toString()))
                        .orElse(new Cell(glyphs.unknown(), Ink.STALE))),
                Column.figure("CHANGED", 3, summary -> summary.lastChange()
                        .map(at -> new Cell(DurationText.age(Duration.between(at, now)) + " ago", Ink.DIM))
                        .orElse(Cell.EMPTY)));
    }

    private static Cell trouble(Summary summary, Glyphs glyphs) {
        return switch (summary.trouble()) {
            case NONE -> new Cell(glyphs.good(), Ink.GOOD);
            case UNKNOWN -> new Cell(summary.trouble().text(), Ink.STALE);
            case MEMBER_DOWN, LAGGING, PAUSED ->
                new Cell(glyphs.warning() + " " + summary.trouble().text(), Ink.WARNING);
            default -> new Cell(glyphs.bad() + " " + summary.trouble().text(), Ink.BAD);
        };
    }

    private static Cell up(Summary summary, Glyphs glyphs) {
        if (summary.members() == 0) {
            return new Cell(glyphs.unknown(), Ink.STALE);
        }
        return new Cell(
                summary.up() + "/" + summary.members(),
                summary.up() == summary.members() ? Ink.GOOD : summary.up() == 0 ? Ink.BAD : Ink.WARNING);
    }

    private static void help(Canvas body) {
        int width = Math.min(body.width(), 72);
        Canvas box = body.part((body.width() - width) / 2, 1, width, HELP.size() + 2);
        box.clear();
        box.rule(0, "Help");
        for (int row = 0; row < HELP.size(); row++) {
            box.put(2, row + 1, HELP.get(row), Ink.DIALOG);
        }
        box.rule(HELP.size() + 1, "");
    }

    private void bottom(Canvas canvas) {
        int row = canvas.height() - 2;
        if (typing.isPresent()) {
            int x = canvas.put(0, row, "/" + typing.get(), Ink.TEXT);
            canvas.put(x, row, " ", Ink.SELECTED);
        } else if (!filter.isEmpty()) {
            canvas.put(0, row, "filter: " + filter + ", Esc shows all", Ink.WARNING);
        } else {
            canvas.put(0, row, byName ? "sorted by name" : "sorted by trouble", Ink.DIM);
        }
        int x = 0;
        for (String[] hint :
                new String[][] {{"q", "Quit"}, {"?", "Help"}, {"Enter", "Open"}, {"/", "Filter"}, {"s", "Sort"}}) {
            x = canvas.put(x, canvas.height() - 1, hint[0], Ink.KEY);
            x = canvas.put(x, canvas.height() - 1, " " + hint[1], Ink.DIM) + 2;
        }
    }

    private List<Summary> summaries() {
        return clusters.stream()
                .map(cluster -> Summary.of(cluster.name(), cluster.dashboard().get()))
                .toList();
    }

    private List<Summary> rows(List<Summary> all) {
        String sought = filter.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(summary -> (summary.name() + " " + summary.trouble().text() + " "
                                + summary.leader().orElse(""))
                        .toLowerCase(Locale.ROOT)
                        .contains(sought))
                .sorted(byName ? Comparator.comparing(Summary::name) : Summary.BY_TROUBLE)
                .toList();
    }
}
