package io.patop.screen;

import io.patop.screen.terminal.Ink;
import java.time.Duration;
import java.time.Instant;

/**
 * A line above the footer that tells what came of a key, for some seconds by the clock on the wall: a replay's clock
 * may stand, or run.
 *
 * @param text of it
 * @param ink how it is meant
 * @param at when it was said
 */
public record Notice(String text, Ink ink, Instant at) {

    /** For how long it is shown. */
    static final Duration SHOWN_FOR = Duration.ofSeconds(8);

    static Notice of(String text, Ink ink, Instant now) {
        return new Notice(text, ink, now);
    }
}
