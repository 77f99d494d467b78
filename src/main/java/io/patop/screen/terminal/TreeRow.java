package io.patop.screen.terminal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a body: a value of a tree, or a line of text.
 *
 * @param pointer where the value is, as a JSON pointer; the line's number in a text
 * @param depth in the tree
 * @param fold what can be done with it
 * @param pieces of the line
 * @param news what is different from the answer before
 */
public record TreeRow(String pointer, int depth, Fold fold, List<Cell> pieces, News news) {

    /** Whether it has parts, and whether they are shown. */
    public enum Fold {
        NONE,
        CLOSED,
        OPEN
    }

    /** What is different from the answer before, with the sign for it. */
    public enum News {
        NONE(" "),
        CHANGED("~"),
        LESS("-");

        private final String sign;

        News(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    public TreeRow {
        pieces = List.copyOf(pieces);
    }

    /** All of the line in one. */
    public String text() {
        return pieces.stream().map(Cell::text).collect(Collectors.joining());
    }

    public void draw(Canvas canvas, int row, boolean selected) {
        if (selected) {
            canvas.put(0, row, " ".repeat(canvas.width()), Ink.TEXT, true);
            canvas.put(0, row, canvas.glyphs().cursor(), Ink.TEXT, true);
        }
        canvas.put(1, row, news.sign(), Ink.WARNING, selected);
        int x = 2 + 2 * Math.min(depth, canvas.width() / 4);
        if (fold != Fold.NONE) {
            int sign = fold == Fold.CLOSED ? 0 : 1;
            canvas.put(x, row, canvas.glyphs().folds().substring(sign, sign + 1), Ink.DIM, selected);
        }
        x += 2;
        for (Cell piece : pieces) {
            x = canvas.put(x, row, piece.text(), news == News.CHANGED ? Ink.WARNING : piece.ink(), selected);
        }
    }
}
