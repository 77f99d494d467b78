package io.patop.screen.view;

import io.patop.json.JqPath;
import io.patop.screen.terminal.TreeRow;
import io.patop.text.Printable;
import io.patop.watch.source.Inspection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tree of an answer's body: the path that selects a part of it, folded values, the cursor and the search. All of
 * it is kept when a new answer comes.
 */
final class JsonTreePane {

    private final Set<String> closed = new HashSet<>();
    private JqPath path = JqPath.WHOLE;
    private String pathText = "";
    private String sought = "";
    private String cursor = "";
    private int cursorRow;
    private Optional<Inspection.Page> page = Optional.empty();
    private List<TreeRow> rows = List.of();
    private String trouble = "";
    private boolean old = true;

    /** Returns the lines of an answer. */
    @SuppressWarnings("ReferenceEquality") // by identity: an equal answer that came later has other marks
    List<TreeRow> rows(Inspection.Page shown) {
        if (old || page.isEmpty() || page.get() != shown) {
            page = Optional.of(shown);
            old = false;
            layOut(shown);
            keepCursor();
        }
        return rows;
    }

    /** Returns why the path selects nothing; empty if it does. */
    String trouble() {
        return trouble;
    }

    String pathText() {
        return pathText;
    }

    String sought() {
        return sought;
    }

    int cursorRow() {
        return cursorRow;
    }

    Optional<TreeRow> underCursor() {
        return cursorRow < rows.size() ? Optional.of(rows.get(cursorRow)) : Optional.empty();
    }

    /** Resets the pane for another page. */
    void forget() {
        closed.clear();
        path = JqPath.WHOLE;
        pathText = "";
        sought = "";
        cursor = "";
        cursorRow = 0;
        rows = List.of();
        trouble = "";
        old = true;
    }

    /** Selects by a path while it is typed; while the path is incomplete, the last selection stays. */
    void narrow(String text) {
        pathText = text.strip().equals(".") ? "" : text;
        old = true;
        try {
            path = JqPath.parse(text);
            trouble = "";
        } catch (IllegalArgumentException unfinished) {
            trouble = Printable.message(unfinished);
        }
    }

    void move(int by) {
        if (!rows.isEmpty()) {
            cursorRow = Math.max(0, Math.min(rows.size() - 1, cursorRow + by));
            cursor = rows.get(cursorRow).pointer();
        }
    }

    /** Folds or unfolds the value under the cursor; returns whether it has parts. */
    boolean toggle() {
        Optional<TreeRow> row = underCursor().filter(at -> at.fold() != TreeRow.Fold.NONE);
        row.ifPresent(at -> {
            if (!closed.remove(at.pointer())) {
                closed.add(at.pointer());
            }
            old = true;
        });
        return row.isPresent();
    }

    /** Folds the value under the cursor; if it is folded or has no parts, goes to its parent. */
    void close() {
        underCursor().ifPresent(row -> {
            if (row.fold() == TreeRow.Fold.OPEN) {
                toggle();
                return;
            }
            int parent = cursorRow;
            while (parent > 0 && rows.get(parent).depth() >= row.depth()) {
                parent--;
            }
            move(parent - cursorRow);
        });
    }

    /** Unfolds the value under the cursor, or goes to the next row. */
    void open() {
        underCursor().ifPresent(row -> {
            if (row.fold() == TreeRow.Fold.CLOSED) {
                toggle();
            } else {
                move(1);
            }
        });
    }

    /** Folds all values of the outermost two levels, or unfolds everything. */
    void toggleAll() {
        if (!closed.isEmpty()) {
            closed.clear();
        } else {
            rows.stream()
                    .filter(row -> row.fold() == TreeRow.Fold.OPEN && row.depth() > 0)
                    .forEach(row -> closed.add(row.pointer()));
        }
        old = true;
    }

    /** Searches names and values while the text is typed; unfolds everything. */
    void search(String text) {
        sought = text;
        if (!closed.isEmpty()) {
            closed.clear();
            old = true;
            page.ifPresent(this::rows);
        }
        if (!isHit(cursorRow)) {
            nextHit(1);
        }
    }

    /** Goes to the next line that contains the searched text, or the one before; after the last comes the first. */
    boolean nextHit(int step) {
        for (int i = 1; i <= rows.size(); i++) {
            int row = Math.floorMod(cursorRow + i * step, rows.size());
            if (isHit(row)) {
                move(row - cursorRow);
                return true;
            }
        }
        return false;
    }

    boolean isHit(int row) {
        return !sought.isEmpty()
                && row < rows.size()
                && rows.get(row).text().toLowerCase(Locale.ROOT).contains(sought.toLowerCase(Locale.ROOT));
    }

    long hits() {
        return sought.isEmpty()
                ? 0
                : java.util.stream.IntStream.range(0, rows.size())
                        .filter(this::isHit)
                        .count();
    }

    private void layOut(Inspection.Page shown) {
        if (shown.tree().isPresent()) {
            try {
                List<JqPath.Found> found = path.find(shown.tree().get());
                rows = TreeRows.of(found, closed, shown.news().changes());
            } catch (JqPath.Mismatch mismatch) {
                rows = List.of();
                trouble = Printable.message(mismatch);
            }
        } else {
            rows = shown.answer()
                    .value()
                    .map(answer -> TreeRows.of(answer, shown.news()))
                    .orElse(List.of());
        }
    }

    private void keepCursor() {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).pointer().equals(cursor)) {
                cursorRow = i;
                return;
            }
        }
        cursorRow = Math.max(0, Math.min(rows.size() - 1, cursorRow));
    }
}
