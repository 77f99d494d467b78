package io.patop.screen;

import io.patop.screen.view.Dialog;
import java.time.Duration;
import java.util.Optional;

/**
 * Says whether an answer counts: its question has to have stood on the terminal for a while when the key was typed.
 * What is typed blind, or pasted together with the key that asked, answers nothing.
 */
final class AnswerGate {

    /** Nobody reads a question sooner, and a burst of keys is over. */
    static final Duration LEAST = Duration.ofMillis(300);

    private Optional<Dialog> question = Optional.empty();
    private long drawnAt;

    /**
     * Notes what a frame showed.
     *
     * @param shown the dialog on it, if there was one
     * @param nanos the monotonic time when the frame had been written to the terminal
     */
    void drawn(Optional<Dialog> shown, long nanos) {
        if (shown.isEmpty() || !isDrawn(shown.get())) {
            question = shown;
            drawnAt = nanos;
        }
    }

    /** Whether a key that was typed at that monotonic time answers that question. */
    boolean takes(Dialog asked, long typedAt) {
        return isDrawn(asked) && typedAt - drawnAt >= LEAST.toNanos();
    }

    /** How long it takes until the question that was drawn can be answered; nothing if it can, or there is none. */
    Optional<Duration> opensIn(long nanos) {
        return question.filter(Dialog.Confirmation.class::isInstance)
                .map(asked -> LEAST.minusNanos(nanos - drawnAt))
                .filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    /** The very same one: a question that is asked again has to be read again. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isDrawn(Dialog asked) {
        return question.filter(drawn -> drawn == asked).isPresent();
    }
}
