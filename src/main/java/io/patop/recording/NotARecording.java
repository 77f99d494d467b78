package io.patop.recording;

import java.nio.file.Path;
import java.util.Optional;

/** A file cannot be played at all; the message is the reason in one line. */
public final class NotARecording extends Exception {

    private static final long serialVersionUID = 1L;

    NotARecording(String message) {
        super(message);
    }

    /** The exception for a recording without observations. */
    static NotARecording empty(Path file, Optional<String> flaw) {
        return new NotARecording(file + " holds no observation"
                + flaw.map(why -> ": it is " + why).orElse(""));
    }
}
