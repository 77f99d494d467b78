package io.patop.screen;

import java.time.Duration;
import java.time.Instant;

/**
 * A line above the footer that tells what came of a key, for some seconds.
 *
 * @param text of it
 * @param ink how it is meant
 * @param until when it goes
 */
record Notice(String text, Ink ink, Instant until) {

    private static final Duration SHOWN_FOR = Duration.ofSeconds(8);

    static Notice of(String text, Ink ink, Instant now) {
        return new Notice(text, ink, now.plus(SHOWN_FOR));
    }
}
