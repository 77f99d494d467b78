package io.patop.screen.terminal;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of an answer's body: a value of a JSON tree, or a line of text.
 *
 * @param pointer JSON pointer to the value; the line's number in a text
 * @param depth depth in the tree
 * @param fold whether the value can be folded
 * @param pieces the parts of the line
 * @param news what has changed since the answer before
 */
public record TreeRow(String pointer, int depth, Fold fold, List<Cell> pieces, News news) {

    /** Whether a value has parts, and whether they are shown. */
    public enum Fold {
        NONE,
        CLOSED,
        OPEN
    }

    /** What has changed since the answer before, with the sign for it. */
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

    /** Returns the whole line as one text. */
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
