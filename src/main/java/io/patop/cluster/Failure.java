package io.patop.cluster;

import io.patop.text.Printable;

/**
 * The reason why a request gave no usable answer: a node that is down, a page that is not Patroni's, a socket without
 * access rights. It is a value and not an exception, since failures are expected in a tool that watches them.
 *
 * @param kind the kind of failure, for rules and colours
 * @param message one line for a person: what happened and where, without the other side's control characters
 */
public record Failure(Kind kind, String message) {

    /** The kinds of failure that a rule or a person treats differently. */
    public enum Kind {
        /** Nothing listens at that address. */
        REFUSED("refused"),
        /** No answer came in time. */
        TIMED_OUT("timed out"),
        /** The host's name has no address. */
        UNRESOLVED("name not resolved"),
        /** No route to the host or network. */
        UNREACHABLE("unreachable"),
        /** The connection ended before a whole answer had arrived. */
        BROKEN_OFF("broken off"),
        /** The other side uses TLS and patop does not, or its certificate is not trusted. */
        TLS("TLS failed"),
        /** An answer came, but patop does not understand it. */
        NOT_UNDERSTOOD("not understood"),
        /** Another node than the expected one answers there. */
        STRANGER("another answers there"),
        /** Nothing was sent, since the password must not be sent there. */
        WITHHELD("not sent"),
        /** The answer is larger than the limit. */
        TOO_LARGE("too large"),
        /** The other side refuses for lack of rights or credentials. */
        DENIED("denied"),
        /** The other side understood the request and refused it. */
        REJECTED("rejected"),
        /** The requested thing does not exist there. */
        ABSENT("absent");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in one or two words, for a table cell. */
        public String text() {
            return words;
        }
    }

    /** Makes the message printable, since it may quote the other side. */
    public Failure {
        message = Printable.line(message);
    }
}
