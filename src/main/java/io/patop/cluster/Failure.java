package io.patop.cluster;

import io.patop.text.Printable;
import java.util.Objects;

/**
 * Why something that was asked gave no usable answer: a node that is down, a page that is not Patroni's, a
 * socket without rights. Expected in a tool that watches failures, so a value and not an exception.
 *
 * @param kind what sort of failure, for rules and colours
 * @param message one line for a person: what happened and where, without control characters of the other side
 */
public record Failure(Kind kind, String message) {

    /** The sorts of failure that a rule or a person treats differently. */
    public enum Kind {
        /** Nothing listens there. */
        REFUSED("refused"),
        /** No answer within the bound. */
        TIMED_OUT("timed out"),
        /** The host's name has no address. */
        UNRESOLVED("name not resolved"),
        /** No route to the host or network. */
        UNREACHABLE("unreachable"),
        /** The connection ended before a whole answer had come. */
        BROKEN_OFF("broken off"),
        /** The other side speaks TLS and we do not, or its certificate is not good. */
        TLS("TLS failed"),
        /** An answer came, and it is not what this product understands. */
        NOT_UNDERSTOOD("not understood"),
        /** Another node answers there than the one that was meant. */
        STRANGER("another answers there"),
        /** Nothing was sent: the password may not go there. */
        WITHHELD("not sent"),
        /** The answer is larger than the bound. */
        TOO_LARGE("too large"),
        /** The other side knows us and says no: missing rights or credentials. */
        DENIED("denied"),
        /** The other side understood and declined. */
        REJECTED("rejected"),
        /** What was asked for does not exist there. */
        ABSENT("absent");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in a word or two, for a table's cell. */
        public String text() {
            return words;
        }
    }

    /** Checks that both parts are there, and keeps the message fit for a terminal: it may quote the other side. */
    public Failure {
        Objects.requireNonNull(kind, "kind");
        message = Printable.line(Objects.requireNonNull(message, "message"));
    }
}
