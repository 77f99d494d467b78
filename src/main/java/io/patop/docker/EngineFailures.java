package io.patop.docker;

import io.patop.cluster.Failure;
import io.patop.cluster.Failure.Kind;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ProtocolException;

/** Explains why an engine gave no answer, in words that tell a person what to do. */
final class EngineFailures {

    /** The end of the message of a request that was never sent. */
    static final String NOT_SENT = ": this one was not sent";

    private final DockerEndpoint endpoint;
    private final String place;

    EngineFailures(DockerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.place = "Docker at " + Printable.line(endpoint.text());
    }

    Failure timedOut() {
        return new Failure(Kind.TIMED_OUT, place + " does not answer: it accepted or queued the request and hangs");
    }

    /** Returns the failure when earlier requests of the same call have used up the time. */
    Failure tooLate() {
        return new Failure(Kind.TIMED_OUT, place + " does not answer in time" + NOT_SENT);
    }

    Failure busy() {
        return new Failure(Kind.TIMED_OUT, place + " still hangs on earlier requests" + NOT_SENT);
    }

    Failure givenUp() {
        return new Failure(Kind.BROKEN_OFF, place + ": the request was given up");
    }

    /** Explains an exception from the socket or from HTTP. */
    Failure of(Throwable failed) {
        if (failed instanceof EngineTransport.TooLarge tooLarge) {
            return new Failure(
                    Kind.TOO_LARGE, place + " answers with more than " + tooLarge.mostBytes() + " bytes: given up");
        }
        if (failed instanceof SshTunnel.NotOpen closed) {
            return new Failure(
                    closed.isDenied() ? Kind.DENIED : Kind.UNREACHABLE,
                    place + " is not reached: " + Printable.line(Printable.message(closed)));
        }
        if (failed instanceof InterruptedIOException) {
            return timedOut();
        }
        if (failed instanceof SSLException) {
            return new Failure(Kind.TLS, place + ": TLS failed: " + said(failed));
        }
        return endpoint instanceof DockerEndpoint.Unix unix ? ofSocket(failed, unix) : ofNetwork(failed);
    }

    private Failure ofSocket(Throwable failed, DockerEndpoint.Unix unix) {
        String path = Printable.line(unix.path().toString());
        if (says(failed, "permission denied")) {
            return new Failure(Kind.DENIED, "no permission for " + path + ": be in the group that owns it, or be root");
        }
        if (Files.notExists(unix.path())) {
            return new Failure(
                    Kind.ABSENT, "no Docker socket at " + path + ": no engine here, or it is not mounted there");
        }
        if (failed instanceof ConnectException || says(failed, "refused")) {
            return new Failure(Kind.REFUSED, "the Docker engine of " + path + " is not running: connection refused");
        }
        return brokenOff(failed);
    }

    private Failure ofNetwork(Throwable failed) {
        if (failed instanceof UnknownHostException) {
            return new Failure(Kind.UNRESOLVED, place + ": the name has no address");
        }
        if (failed instanceof NoRouteToHostException || says(failed, "unreachable")) {
            return new Failure(Kind.UNREACHABLE, place + ": no route to it");
        }
        if (failed instanceof ConnectException || says(failed, "refused")) {
            return new Failure(Kind.REFUSED, place + " is not running: connection refused");
        }
        return brokenOff(failed);
    }

    private Failure brokenOff(Throwable failed) {
        if (failed instanceof ProtocolException || failed.getCause() instanceof ProtocolException) {
            return new Failure(Kind.NOT_UNDERSTOOD, place + ": what answers there does not speak HTTP");
        }
        if (failed instanceof IOException) {
            return new Failure(Kind.BROKEN_OFF, place + " broke the connection off: " + said(failed));
        }
        throw new IllegalStateException("a request to " + place + " failed on our side", failed);
    }

    private static boolean says(Throwable failed, String words) {
        return said(failed).toLowerCase(Locale.ROOT).contains(words);
    }

    private static String said(Throwable failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : Printable.line(message);
    }
}
