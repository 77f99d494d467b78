package io.patop.screen.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.BasicTextImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A frame as text with its colours, independent of a terminal, for a file.
 *
 * @param columns the screen's width
 * @param rows the screen's rows, each made of runs from left to right that fill it
 */
public record Picture(int columns, List<List<Run>> rows) {

    /** The look of text. */
    record Look(Optional<Color> color, boolean bold, boolean reversed) {}

    /** Red, green and blue, 0 to 255 each. */
    record Color(int red, int green, int blue) {}

    /**
     * A piece of text with one look.
     *
     * @param column column of its beginning
     * @param columns how many columns it takes
     * @param text the text
     * @param look its look
     */
    record Run(int column, int columns, String text, Look look) {}

    public Picture {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Returns a picture of the drawing, on a screen of this size, in the theme's full colours. */
    public static Picture of(Consumer<Canvas> drawing, TerminalSize size, Glyphs glyphs) {
        BasicTextImage image = new BasicTextImage(size);
        drawing.accept(Canvas.of(image.newTextGraphics(), Theme.of(ColorDepth.TRUE_COLOR), glyphs));
        List<List<Run>> rows = new ArrayList<>();
        for (int row = 0; row < size.getRows(); row++) {
            rows.add(runs(image, row));
        }
        return new Picture(size.getColumns(), rows);
    }

    /** Returns the text alone, without blanks at the ends of lines. */
    public String text() {
        return rows.stream()
                .map(row -> row.stream()
                        .map(Run::text)
                        .collect(Collectors.joining())
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<Run> runs(BasicTextImage image, int row) {
        List<Run> runs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int begin = 0;
        int column = 0;
        Optional<Look> look = Optional.empty();
        while (column < image.getSize().getColumns()) {
            TextCharacter character = image.getCharacterAt(column, row);
            Look own = look(character);
            if (look.isPresent() && !look.get().equals(own)) {
                runs.add(new Run(begin, column - begin, text.toString(), look.get()));
                text.setLength(0);
                begin = column;
            }
            look = Optional.of(own);
            text.append(character.getCharacterString());
            column += character.isDoubleWidth() ? 2 : 1;
        }
        int end = column;
        int from = begin;
        look.ifPresent(last -> runs.add(new Run(from, end - from, text.toString(), last)));
        return runs;
    }

    private static Look look(TextCharacter character) {
        TextColor color = character.getForegroundColor();
        boolean own = color.equals(TextColor.ANSI.DEFAULT);
        return new Look(
                own ? Optional.empty() : Optional.of(new Color(color.getRed(), color.getGreen(), color.getBlue())),
                character.getModifiers().contains(SGR.BOLD),
                character.getModifiers().contains(SGR.REVERSE));
    }
}
