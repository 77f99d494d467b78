package io.patop.patroni;

import io.patop.cluster.Failure;
import io.patop.net.BoundedBody;
import io.patop.net.HttpPreflight;
import io.patop.text.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Explains the exceptions of a request. Client, JSSE and futures wrap causes in causes, so each is looked for at any
 * depth.
 */
final class RequestFailures {

    /** A name has no address, or the name server did not answer. */
    static final class NotLookedUp extends CompletionException {
        NotLookedUp(Throwable cause) {
            super(cause);
        }
    }

    /** Matches alerts by which a server refuses the client's certificate (RFC 8446, 6.2), in JSSE's words. */
    private static final Pattern CLIENT_REFUSED = Pattern.compile(
            "fatal alert: (bad_certificate|unsupported_certificate|certificate_revoked|certificate_expired"
                    + "|certificate_unknown|unknown_ca|access_denied)");

    private RequestFailures() {}

    static Failure of(Throwable thrown, ApiUrl url, PatroniClient.Bounds bounds) {
        if (find(thrown, NotLookedUp.class).isPresent()) {
            return unresolved(thrown, url, bounds);
        }
        if (find(thrown, HttpConnectTimeoutException.class).isPresent()) {
            return new Failure(Failure.Kind.TIMED_OUT, url + ": no connection within " + text(bounds.connect()));
        }
        if (find(thrown, TimeoutException.class).isPresent()
                || find(thrown, SocketTimeoutException.class).isPresent()) {
            return new Failure(Failure.Kind.TIMED_OUT, url + ": no whole answer within " + text(bounds.answer()));
        }
        Optional<BoundedBody.TooLarge> tooLarge = find(thrown, BoundedBody.TooLarge.class);
        if (tooLarge.isPresent()) {
            return new Failure(
                    Failure.Kind.TOO_LARGE, url + ": " + tooLarge.get().getMessage() + ": not Patroni's REST API");
        }
        if (find(thrown, UnusableTls.class).isPresent()) {
            return new Failure(
                    Failure.Kind.TLS,
                    url + ": " + find(thrown, UnusableTls.class).get().getMessage());
        }
        return find(thrown, SSLException.class).isPresent() ? tls(thrown, url) : connection(thrown, url);
    }

    /** Explains the failure of a command, which the node may have done without an answer. */
    static Failure ofCommand(Throwable thrown, ApiUrl url, PatroniClient.Bounds bounds) {
        Failure failure = of(thrown, url, bounds);
        if (find(thrown, HttpConnectTimeoutException.class).isPresent()) {
            return new Failure(Failure.Kind.UNREACHABLE, failure.message());
        }
        return NodeCommands.mayHaveArrived(failure)
                ? new Failure(failure.kind(), failure.message() + "; whether it was done is not known")
                : failure;
    }

    static Failure notPatroni(String endpoint, PatroniJson.NotPatroni notPatroni) {
        return new Failure(Failure.Kind.NOT_UNDERSTOOD, endpoint + ": " + notPatroni.getMessage());
    }

    private static Failure unresolved(Throwable thrown, ApiUrl url, PatroniClient.Bounds bounds) {
        return new Failure(
                Failure.Kind.UNRESOLVED,
                find(thrown, TimeoutException.class).isPresent()
                        ? url + ": the name " + url.host() + " could not be looked up within " + text(bounds.connect())
                        : url + ": the name " + url.host() + " has no address");
    }

    private static Failure tls(Throwable thrown, ApiUrl url) {
        String message = message(thrown);
        String why;
        if (find(thrown, CertificateExpiredException.class).isPresent()) {
            why = "its certificate has expired";
        } else if (find(thrown, CertificateNotYetValidException.class).isPresent()) {
            why = "its certificate is not valid yet";
        } else if (find(thrown, CertPathBuilderException.class).isPresent()) {
            why = "its certificate is of an authority that is not trusted here; name that one with cacert";
        } else if (find(thrown, NamedServer.OtherHost.class).isPresent()) {
            why = "its certificate is for another host than " + url.host();
        } else if (message.contains("Unsupported or unrecognized SSL message") || message.contains("plaintext")) {
            why = "what answers there is not TLS; if it is plain HTTP, say http://";
        } else if (message.contains("certificate_required")) {
            why = "it wants a client certificate: name one with certfile and keyfile of section ctl";
        } else if (CLIENT_REFUSED.matcher(message).find()) {
            why = "it does not accept the client certificate (" + Printable.line(message) + ")";
        } else if (message.contains("trustAnchors")) {
            why = "this Java trusts no authority at all; name one with cacert";
        } else {
            why = "TLS failed: " + Printable.line(message);
        }
        return new Failure(Failure.Kind.TLS, url + ": " + why);
    }

    private static Failure connection(Throwable thrown, ApiUrl url) {
        String message = message(thrown);
        String lower = message.toLowerCase(Locale.ROOT);
        if (find(thrown, NoRouteToHostException.class).isPresent() || lower.contains("unreachable")) {
            return new Failure(Failure.Kind.UNREACHABLE, url + ": no route to the host");
        }
        if (find(thrown, ConnectException.class).isPresent()) {
            return new Failure(Failure.Kind.REFUSED, url + ": connection refused: nothing listens there");
        }
        if (closedWithoutAnswer(thrown)) {
            return new Failure(
                    Failure.Kind.BROKEN_OFF,
                    url + ": it closed the connection without an answer, as Patroni does when its DCS is gone"
                            + ", or a server that "
                            + (url.isTls() ? "wants a client certificate" : "speaks TLS"));
        }
        if (HttpPreflight.isNoHttp(thrown)) {
            return new Failure(
                    Failure.Kind.NOT_UNDERSTOOD,
                    url + ": what answers there is not HTTP" + (url.isTls() ? "" : "; if it is TLS, say https://"));
        }
        return new Failure(
                Failure.Kind.BROKEN_OFF,
                find(thrown, IOException.class).isPresent()
                        ? url + ": the connection ended before the whole answer: " + Printable.line(message)
                        : url + ": " + Printable.line(message));
    }

    /**
     * Returns whether the connection was closed without an answer, by the messages of the JDK's client (17 and 25),
     * which would have retried.
     */
    private static boolean closedWithoutAnswer(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (words.equals("Too many retries") || words.contains("received no bytes")) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> sought) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (sought.isInstance(cause)) {
                return Optional.of(sought.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String message(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String text(Duration bound) {
        return bound.toMillis() % 1000 == 0 ? bound.toSeconds() + " s" : bound.toMillis() + " ms";
    }
}
