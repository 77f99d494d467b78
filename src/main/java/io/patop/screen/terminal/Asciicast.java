package io.patop.screen.terminal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes pictures as a film: asciicast version 2 (docs.asciinema.org/manual/asciicast/v2), which is a header line and
 * then a line for each frame. A frame holds only the rows that have changed.
 */
public final class Asciicast {

    private Optional<Picture> last = Optional.empty();

    /**
     * Returns the header without its line end.
     *
     * @param picture the picture that gives the film its size
     * @param seconds the film's beginning, in seconds since 1970
     */
    public String header(Picture picture, long seconds) {
        return "{\"version\":2,\"width\":" + picture.columns() + ",\"height\":"
                + picture.rows().size() + ",\"timestamp\":" + seconds
                + ",\"title\":\"patop\",\"env\":{\"TERM\":\"xterm-256color\"}}";
    }

    /** Returns the lines for one more picture, each with its line end; empty if nothing has changed. */
    public String frame(Picture picture, Duration sinceStart) {
        StringBuilder told = new StringBuilder();
        boolean sameSize = last.filter(before -> before.columns() == picture.columns()
                        && before.rows().size() == picture.rows().size())
                .isPresent();
        String resized = last.isPresent() && !sameSize
                ? event(
                        sinceStart,
                        "r",
                        picture.columns() + "x" + picture.rows().size())
                : "";
        if (!sameSize) {
            told.append("\u001b[?25l\u001b[0m\u001b[2J");
        }
        for (int row = 0; row < picture.rows().size(); row++) {
            List<Picture.Run> runs = picture.rows().get(row);
            if (!sameSize || !last.get().rows().get(row).equals(runs)) {
                told.append("\u001b[").append(row + 1).append(";1H");
                runs.forEach(run -> told.append(sequence(run.look())).append(run.text()));
            }
        }
        last = Optional.of(picture);
        return told.isEmpty() ? "" : resized + event(sinceStart, "o", told.toString());
    }

    /** Returns a film of one picture. */
    public static String of(Picture picture, long seconds) {
        Asciicast film = new Asciicast();
        return film.header(picture, seconds) + "\n" + film.frame(picture, Duration.ZERO);
    }

    private static String event(Duration at, String kind, String data) {
        return String.format(
                Locale.ROOT,
                "[%.3f,\"%s\",\"%s\"]%n",
                at.toNanos() / 1e9,
                kind,
                new String(JsonStringEncoder.getInstance().quoteAsString(data)));
    }

    private static String sequence(Picture.Look look) {
        return "\u001b[0" + (look.bold() ? ";1" : "") + (look.reversed() ? ";7" : "")
                + look.color()
                        .map(color -> ";38;2;" + color.red() + ";" + color.green() + ";" + color.blue())
                        .orElse("")
                + "m";
    }
}
