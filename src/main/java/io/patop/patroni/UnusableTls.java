package io.patop.patroni;

import io.patop.text.Printable;
import java.io.IOException;

/** A certificate or key of the configuration cannot be used. The message is one line that names the file. */
public final class UnusableTls extends IOException {
    UnusableTls(String message, Throwable cause) {
        super(Printable.line(message), cause);
    }
}
