package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.screen.terminal.Asciicast;
import io.patop.screen.terminal.Picture;
import io.patop.screen.terminal.Svg;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request to save the next frame as a file.
 *
 * @param file the file's name; empty if patop is to choose one
 * @param format the file's format
 */
record Snapshot(Optional<String> file, Format format) {

    /** The format of a saved picture. */
    enum Format {
        /** Plain text. */
        TXT,
        /** An SVG drawing. */
        SVG,
        /** A film (asciicast) of one frame. */
        CAST;

        /** Returns the format that a file's name ends with. */
        static Optional<Format> of(String file) {
            return Arrays.stream(values())
                    .filter(format -> file.endsWith(format.extension()))
                    .findFirst();
        }

        String extension() {
            return "." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Returns the local command that saves this picture. */
    LocalCommand.Save of(Picture picture, Instant now) {
        String content =
                switch (format) {
                    case TXT -> picture.text();
                    case SVG -> Svg.of(picture);
                    case CAST -> Asciicast.of(picture, now.getEpochSecond());
                };
        return new LocalCommand.Save(file, format.extension(), content);
    }
}
