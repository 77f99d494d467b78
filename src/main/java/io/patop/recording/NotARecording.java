package io.patop.recording;

/** A file that cannot be played at all, with one line that says why. */
public final class NotARecording extends Exception {

    private static final long serialVersionUID = 1L;

    NotARecording(String message) {
        super(message);
    }
}
