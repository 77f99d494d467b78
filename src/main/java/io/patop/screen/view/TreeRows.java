package io.patop.screen.view;

import io.patop.cluster.RawAnswer;
import io.patop.json.JqPath;
import io.patop.json.Json;
import io.patop.json.JsonChanges;
import io.patop.json.JsonText;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.TreeRow;
import io.patop.watch.source.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the lines of a body: JSON as a tree with values that can be folded, anything else as plain text. */
final class TreeRows {

    private static final int LONGEST_PREVIEW = 200;

    private final Set<String> closed;
    private final JsonChanges changes;
    private final List<TreeRow> rows = new ArrayList<>();

    private TreeRows(Set<String> closed, JsonChanges changes) {
        this.closed = closed;
        this.changes = changes;
    }

    /**
     * Returns the lines of what a path has found in a tree.
     *
     * @param found the values; each begins at the left edge
     * @param closed pointers of the folded values
     * @param changes the changes to mark
     */
    static List<TreeRow> of(List<JqPath.Found> found, Set<String> closed, JsonChanges changes) {
        TreeRows tree = new TreeRows(closed, changes);
        for (JqPath.Found each : found) {
            tree.add(each.pointer(), "", each.value(), 0, tree.isChanged(each.pointer()));
        }
        return tree.rows;
    }

    /** Returns the lines of a text. */
    static List<TreeRow> of(RawAnswer answer, Inspection.News news) {
        List<String> lines = answer.text().lines().toList();
        List<TreeRow> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\t", "    ");
            rows.add(new TreeRow(
                    "" + i,
                    0,
                    TreeRow.Fold.NONE,
                    List.of(new Cell(line, line.startsWith("#") ? Ink.DIM : Ink.TEXT)),
                    news.lines().contains(i) ? TreeRow.News.CHANGED : TreeRow.News.NONE));
        }
        return rows;
    }

    private void add(String pointer, String label, Json value, int depth, boolean parentIsNew) {
        boolean isNew = parentIsNew || changes.changed().contains(pointer);
        TreeRow.News news =
                isNew ? TreeRow.News.CHANGED : changes.less().contains(pointer) ? TreeRow.News.LESS : TreeRow.News.NONE;
        List<Cell> pieces = new ArrayList<>();
        if (!label.isEmpty()) {
            pieces.add(new Cell(label, Ink.NAME));
            pieces.add(new Cell(": ", Ink.DIM));
        }
        if (value instanceof Json.Scalar scalar) {
            pieces.add(scalar(scalar));
            rows.add(new TreeRow(pointer, depth, TreeRow.Fold.NONE, pieces, news));
            return;
        }
        boolean open = !closed.contains(pointer) && value.size() > 0;
        pieces.add(new Cell(bracketed(value, open), Ink.DIM));
        TreeRow.Fold fold = value.size() == 0 ? TreeRow.Fold.NONE : open ? TreeRow.Fold.OPEN : TreeRow.Fold.CLOSED;
        rows.add(new TreeRow(pointer, depth, fold, pieces, news));
        if (open) {
            for (Json.Part part : value.parts()) {
                add(JsonChanges.pointer(pointer, part.name()), part.label(), part.value(), depth + 1, isNew);
            }
        }
    }

    private boolean isChanged(String pointer) {
        return changes.changed().stream().anyMatch(changed -> pointer.startsWith(changed + "/"));
    }

    /** Returns the number of parts if they are shown below, else how the value begins. */
    private static String bracketed(Json value, boolean open) {
        if (!open) {
            String text = JsonText.of(value);
            return text.length() > LONGEST_PREVIEW ? text.substring(0, LONGEST_PREVIEW) : text;
        }
        return value instanceof Json.Fields ? "{" + value.size() + "}" : "[" + value.size() + "]";
    }

    private static Cell scalar(Json.Scalar scalar) {
        return switch (scalar.kind()) {
            case STRING -> new Cell(JsonText.quoted(scalar.text()), Ink.STRING);
            case NUMBER -> new Cell(scalar.text(), Ink.NUMBER);
            case WORD -> new Cell(scalar.text(), Ink.WORD);
        };
    }
}
