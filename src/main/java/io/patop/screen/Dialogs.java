package io.patop.screen;

import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.FrameIndex;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.DrillPanel;
import io.patop.screen.view.MemberDetails;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws what lies over a view: a box in its middle. */
final class Dialogs implements Dialog.Cases<Dialogs.Box> {

    /**
     * What is in the box.
     *
     * @param title in its frame
     * @param lines in it
     * @param scrolled rows above those that are seen
     * @param selected index of the selected line
     * @param choices how many lines can be selected, from the first on
     */
    record Box(String title, List<Cell> lines, int scrolled, int selected, int choices) {

        /** A box of which no line can be selected. */
        Box(String title, List<Cell> lines, int scrolled) {
            this(title, lines, scrolled, 0, 0);
        }
    }

    private final Canvas body;
    private final Scene scene;
    private final List<ViewKey> keys;
    private final KeyBindings bindings;
    private final boolean answerable;

    private Dialogs(Canvas body, Scene scene, List<ViewKey> keys, KeyBindings bindings, boolean answerable) {
        this.body = body;
        this.scene = scene;
        this.keys = keys;
        this.bindings = bindings;
        this.answerable = answerable;
    }

    static void draw(
            Canvas body, Dialog dialog, Scene scene, List<ViewKey> keys, KeyBindings bindings, boolean answerable) {
        Box box = dialog.choose(new Dialogs(body, scene, keys, bindings, answerable));
        body.onClick(new FrameIndex.Target.Nothing());
        box(body, box);
    }

    @Override
    public Box confirmation(Dialog.Confirmation question) {
        List<Cell> lines = new ArrayList<>();
        question.lines().forEach(line -> lines.add(new Cell(line, lines.isEmpty() ? Ink.DANGER : Ink.DIALOG)));
        for (int i = 0; i < question.others().size(); i++) {
            lines.add(new Cell(i + 2 + "  " + question.others().get(i).words(), Ink.DIALOG));
        }
        lines.add(Cell.EMPTY);
        lines.add(
                answerable
                        ? new Cell("y  yes, do it        n  no", Ink.KEY)
                        : new Cell("y  in a moment       n  no", Ink.DIM));
        return new Box("Are you sure?", lines, 0);
    }

    @Override
    public Box drill(Dialog.Drill drill) {
        return new Box("Failover drill", DrillPanel.lines(scene), drill.scrolled());
    }

    @Override
    public Box help(Dialog.Help help) {
        return new Box("Help", help(keys, bindings), help.scrolled());
    }

    @Override
    public Box details(Dialog.Details details) {
        return new Box(
                details.member(),
                MemberDetails.lines(scene.dashboard(), details.member(), scene.now(), body.glyphs()),
                0);
    }

    @Override
    public Box menu(Dialog.Menu menu) {
        return new Box(
                menu.title(),
                menu(body, menu),
                Math.max(0, menu.selected() - body.height() + 6),
                menu.selected(),
                menu.choices().size());
    }

    @Override
    public Box text(Dialog.Text text) {
        return new Box(text.title(), text.lines(), text.top());
    }

    private static List<Cell> menu(Canvas body, Dialog.Menu menu) {
        List<Cell> lines = new ArrayList<>();
        for (int i = 0; i < menu.choices().size(); i++) {
            String cursor = i == menu.selected() ? body.glyphs().cursor() : " ";
            String words = menu.choices().get(i).words();
            lines.add(new Cell(cursor + " " + words, i == menu.selected() ? Ink.SELECTED : Ink.DIALOG));
        }
        lines.add(Cell.EMPTY);
        lines.add(new Cell("Enter chooses, and asks before it is done; Esc puts this away", Ink.DIM));
        return lines;
    }

    private static List<Cell> help(List<ViewKey> keys, KeyBindings bindings) {
        List<Cell> lines = new ArrayList<>();
        for (ViewKey key : keys) {
            lines.add(new Cell(String.format("%-10s  %s", key.name(), key.explanation()), Ink.TEXT));
        }
        Arrays.stream(Key.values())
                .forEach(key -> lines.add(
                        new Cell(String.format("%-10s  %s", bindings.name(key), key.explanation()), Ink.DIALOG)));
        lines.add(Cell.EMPTY);
        for (String line : List.of(
                "Whatever breaks something asks first; only y means yes.",
                "(in brackets): old, the member does not answer.  ?: unknown.",
                "LAG is live where leader and replica both answer.",
                "API is the time of the member's own answer.")) {
            lines.add(new Cell(line, Ink.DIM));
        }
        return lines;
    }

    private static void box(Canvas body, Box what) {
        String title = what.title();
        List<Cell> lines = what.lines();
        int widest = lines.stream()
                .mapToInt(line -> Canvas.columns(body.fit(line.text(), body.width())))
                .max()
                .orElse(0);
        int width = Math.min(body.width(), Math.max(widest, Canvas.columns(title) + 4) + 4);
        int height = Math.min(body.height(), lines.size() + 2);
        Canvas box = body.part((body.width() - width) / 2, (body.height() - height) / 2, width, height);
        box.clear();
        frame(box, title);
        int room = height - 2;
        int first = Math.max(0, Math.min(what.scrolled(), lines.size() - room));
        Canvas inside = box.part(2, 1, width - 4, room);
        for (int row = 0; row < room && first + row < lines.size(); row++) {
            Cell line = lines.get(first + row);
            if (first + row < what.choices()) {
                inside.part(0, row, inside.width(), 1)
                        .onClick(new FrameIndex.Target.Row(first + row - what.selected()));
            }
            inside.put(0, row, line.text(), line.ink());
        }
        if (first + room < lines.size()) {
            box.putRight(width - 2, height - 1, " more below ", Ink.DIM);
        }
    }

    private static void frame(Canvas box, String title) {
        Glyphs glyphs = box.glyphs();
        int right = box.width() - 1;
        int bottom = box.height() - 1;
        String rule = glyphs.rule().repeat(Math.max(0, right - 1));
        box.put(0, 0, corner(glyphs, 0) + rule + corner(glyphs, 1), Ink.DIM);
        box.put(0, bottom, corner(glyphs, 2) + rule + corner(glyphs, 3), Ink.DIM);
        for (int row = 1; row < bottom; row++) {
            box.put(0, row, glyphs.side(), Ink.DIM);
            box.put(right, row, glyphs.side(), Ink.DIM);
        }
        box.part(0, 0, box.width() - 1, 1).put(2, 0, " " + title + " ", Ink.TITLE);
    }

    private static String corner(Glyphs glyphs, int which) {
        return String.valueOf(glyphs.corners().charAt(which));
    }
}
