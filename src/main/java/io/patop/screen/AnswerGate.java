package io.patop.screen;

import io.patop.screen.view.Dialog;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether an answer counts: the question must have been on the terminal for a while when the key was typed.
 * Keys that are typed blind, or pasted together with the key that asked, answer nothing.
 */
final class AnswerGate {

    /**
     * Shortest time that a question must be shown. Nobody reads a question sooner, and a burst of keys is over by
     * then.
     */
    static final Duration LEAST = Duration.ofMillis(300);

    private Optional<Dialog> question = Optional.empty();
    private long drawnAt;

    /**
     * Notes which dialog a frame showed.
     *
     * @param shown the dialog on the frame, if there was one
     * @param nanos the monotonic time when the frame had been written to the terminal
     */
    void drawn(Optional<Dialog> shown, long nanos) {
        if (shown.isEmpty() || !isDrawn(shown.get())) {
            question = shown;
            drawnAt = nanos;
        }
    }

    /** Returns whether a key that was typed at this monotonic time answers the question. */
    boolean takes(Dialog asked, long typedAt) {
        return isDrawn(asked) && typedAt - drawnAt >= LEAST.toNanos();
    }

    /**
     * Returns how long it takes until the drawn question can be answered; empty if it can be already, or if there is
     * none.
     */
    Optional<Duration> opensIn(long nanos) {
        return question.filter(Dialog.Confirmation.class::isInstance)
                .map(asked -> LEAST.minusNanos(nanos - drawnAt))
                .filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    /** Compares by identity: a question that is asked again has to be read again. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isDrawn(Dialog asked) {
        return question.filter(drawn -> drawn == asked).isPresent();
    }
}
