package io.patop.screen;

import io.patop.control.LocalCommand;
import io.patop.screen.terminal.Asciicast;
import io.patop.screen.terminal.Picture;
import io.patop.screen.terminal.Svg;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A wish for a picture of the next frame.
 *
 * @param file to write; empty for a name to be made
 * @param format of it
 */
record Snapshot(Optional<String> file, Format format) {

    /** How a picture is written. */
    enum Format {
        /** Text alone. */
        TXT,
        /** A drawing. */
        SVG,
        /** A film of one frame. */
        CAST;

        /** The format that a file's name tells. */
        static Optional<Format> of(String file) {
            return Arrays.stream(values())
                    .filter(format -> file.endsWith(format.extension()))
                    .findFirst();
        }

        String extension() {
            return "." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The chore that writes this picture. */
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
