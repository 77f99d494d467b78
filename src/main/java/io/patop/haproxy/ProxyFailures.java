package io.patop.haproxy;

import io.patop.cluster.Failure;
import io.patop.net.BoundedBody;
import io.patop.text.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Explains the exceptions of a request to an HAProxy. */
final class ProxyFailures {

    private final ProxyEndpoint endpoint;

    ProxyFailures(ProxyEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    Failure of(Throwable thrown, ProxyClient.Bounds bounds) {
        if (find(thrown, TimeoutException.class).isPresent()
                || find(thrown, HttpTimeoutException.class).isPresent()
                || find(thrown, InterruptedException.class).isPresent()) {
            return failure(Failure.Kind.TIMED_OUT, "no whole answer within " + bounds.text());
        }
        if (find(thrown, UnknownHostException.class).isPresent()
                || find(thrown, UnresolvedAddressException.class).isPresent()) {
            return failure(Failure.Kind.UNRESOLVED, "the host's name has no address");
        }
        if (find(thrown, StatsSocket.TooLarge.class).isPresent()
                || find(thrown, BoundedBody.TooLarge.class).isPresent()) {
            return failure(
                    Failure.Kind.TOO_LARGE, "the answer is longer than " + (bounds.bytes() >> 20) + " MiB: no HAProxy");
        }
        Optional<StatsText.NotStatistics> other = find(thrown, StatsText.NotStatistics.class);
        if (other.isPresent()) {
            return failure(Failure.Kind.NOT_UNDERSTOOD, Printable.message(other.get()));
        }
        Optional<SSLException> tls = find(thrown, SSLException.class);
        if (tls.isPresent()) {
            return tls(tls.get());
        }
        return endpoint instanceof ProxyEndpoint.Unix unix ? unix(unix.path(), thrown) : network(thrown);
    }

    /** Explains a page's answer that is no success. */
    Failure status(int status) {
        return switch (status) {
            case 401, 407 ->
                failure(
                        Failure.Kind.DENIED,
                        "it wants a user and a password: say http://USER@HOST:PORT/ and set PATOP_HAPROXY_PASSWORD");
            case 403 -> failure(Failure.Kind.DENIED, "it refuses us (403)");
            case 404 -> failure(Failure.Kind.ABSENT, "no statistics there (404): add the path of \"stats uri\"");
            default -> failure(Failure.Kind.NOT_UNDERSTOOD, "no statistics there (HTTP status " + status + ")");
        };
    }

    Failure failure(Failure.Kind kind, String words) {
        return new Failure(kind, "HAProxy " + Printable.line(endpoint.name()) + ": " + words);
    }

    private Failure unix(Path path, Throwable thrown) {
        String message = message(thrown).toLowerCase(Locale.ROOT);
        if (message.contains("permission denied")) {
            return failure(
                    Failure.Kind.DENIED,
                    "no rights on the socket: see \"mode\", \"user\" and \"group\" of its \"stats socket\" line");
        }
        if (!Files.exists(path)) {
            return failure(Failure.Kind.ABSENT, "no such socket");
        }
        if (message.contains("refused")) {
            return failure(Failure.Kind.REFUSED, "nobody listens on the socket");
        }
        return failure(Failure.Kind.BROKEN_OFF, Printable.line(message(thrown)));
    }

    private Failure network(Throwable thrown) {
        String message = message(thrown).toLowerCase(Locale.ROOT);
        if (find(thrown, NoRouteToHostException.class).isPresent() || message.contains("unreachable")) {
            return failure(Failure.Kind.UNREACHABLE, "no route to the host");
        }
        if (find(thrown, ConnectException.class).isPresent()
                || find(thrown, SocketException.class)
                        .filter(refused -> message.contains("refused"))
                        .isPresent()) {
            return failure(Failure.Kind.REFUSED, "connection refused: nothing listens there");
        }
        if (endpoint instanceof ProxyEndpoint.Page && message.contains("http")) {
            return failure(Failure.Kind.NOT_UNDERSTOOD, "what answers there is not HTTP");
        }
        return failure(Failure.Kind.BROKEN_OFF, "the connection ended: " + Printable.line(message(thrown)));
    }

    private Failure tls(SSLException thrown) {
        String message = message(thrown);
        return failure(
                Failure.Kind.TLS,
                message.contains("plaintext") || message.contains("Unsupported or unrecognized")
                        ? "what answers there is not TLS; if it is plain HTTP, say http://"
                        : message.contains("certification path")
                                ? "its certificate is of an authority that is not trusted here: --haproxy-cacert FILE"
                                : "TLS failed: " + Printable.line(message));
    }

    private static String message(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> sought) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (sought.isInstance(cause)) {
                return Optional.of(sought.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Returns the exception for a bug, which is not a failure of HAProxy. */
    static RuntimeException bug(Throwable thrown) {
        return thrown instanceof RuntimeException bug ? bug : new IllegalStateException(thrown);
    }

    static boolean isExpected(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof TimeoutException
                || thrown instanceof InterruptedException
                || thrown instanceof UnresolvedAddressException;
    }
}
