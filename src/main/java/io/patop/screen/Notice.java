package io.patop.screen;

import io.patop.screen.terminal.Ink;
import java.time.Duration;
import java.time.Instant;

/**
 * A line above the footer that tells the outcome of a key for some seconds. It goes by the wall clock, since a
 * replay's clock may stand or run fast.
 *
 * @param text the notice
 * @param ink its meaning
 * @param at when it was first shown
 */
public record Notice(String text, Ink ink, Instant at) {

    static final Duration SHOWN_FOR = Duration.ofSeconds(8);

    static Notice of(String text, Ink ink, Instant now) {
        return new Notice(text, ink, now);
    }
}
