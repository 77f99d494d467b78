package io.patop.patroni;

import io.patop.cluster.Failure;
import io.patop.cluster.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Words for what the JDK's HttpClient throws. It wraps causes in causes, and tells a closed port from an
 * unknown name only by the innermost of them.
 */
final class RequestFailures {

    private RequestFailures() {}

    static Failure of(Throwable thrown, ApiUrl url, PatroniClient.Bounds bounds) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new Failure(Failure.Kind.TIMED_OUT, url + ": no connection within " + words(bounds.connect()));
        }
        if (PatroniClient.isTimeout(cause)) {
            return new Failure(Failure.Kind.TIMED_OUT, url + ": no whole answer within " + words(bounds.answer()));
        }
        if (has(cause, UnresolvedAddressException.class) || has(cause, UnknownHostException.class)) {
            return new Failure(Failure.Kind.UNRESOLVED, url + ": the name " + url.host() + " has no address");
        }
        if (has(cause, BoundedBody.TooLarge.class)) {
            return new Failure(
                    Failure.Kind.TOO_LARGE, url + ": the answer is longer than " + (bounds.bytes() >> 20) + " MiB");
        }
        if (has(cause, NoRouteToHostException.class)) {
            return new Failure(Failure.Kind.UNREACHABLE, url + ": no route to the host");
        }
        if (has(cause, SSLException.class)) {
            return new Failure(Failure.Kind.TLS, url + ": TLS failed: " + Printable.line(innermost(cause)));
        }
        return plain(cause, url);
    }

    private static Failure plain(Throwable cause, ApiUrl url) {
        String message = innermost(cause);
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("network is unreachable") || lower.contains("no route")) {
            return new Failure(Failure.Kind.UNREACHABLE, url + ": " + Printable.line(message));
        }
        if (cause instanceof ConnectException) {
            return new Failure(Failure.Kind.REFUSED, url + ": connection refused: nothing listens there");
        }
        if (cause instanceof ProtocolException || lower.contains("status line") || lower.contains("http version")) {
            return new Failure(
                    Failure.Kind.NOT_UNDERSTOOD,
                    url + ": what answers there is not HTTP"
                            + (url.base().getScheme().equals("http") ? "; if it is TLS, say https://" : ""));
        }
        if (cause instanceof IOException) {
            return new Failure(
                    Failure.Kind.BROKEN_OFF,
                    url + ": the connection ended before an answer: " + Printable.line(message));
        }
        return new Failure(Failure.Kind.BROKEN_OFF, url + ": " + Printable.line(cause.toString()));
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> sought) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (sought.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String words(Duration bound) {
        return bound.toMillis() % 1000 == 0 ? bound.toSeconds() + " s" : bound.toMillis() + " ms";
    }
}
