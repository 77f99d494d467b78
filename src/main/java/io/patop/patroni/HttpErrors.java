package io.patop.patroni;

import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Explains an HTTP answer other than 200. Patroni sends one plain sentence or Python's HTML page; a proxy in front of
 * it sends pages of its own.
 */
final class HttpErrors {

    private static final int LONGEST_SENTENCE = 160;

    private HttpErrors() {}

    static Failure of(String endpoint, HttpExchanges.Response response) {
        int status = response.status();
        String said = endpoint + ": HTTP " + status + sentence(response.body());
        return switch (status) {
            case 401 -> new Failure(Failure.Kind.DENIED, said + ": it wants a username and password that are right");
            case 403 -> new Failure(Failure.Kind.DENIED, said + ": this address or certificate may not ask");
            case 301, 302, 303, 307, 308 ->
                new Failure(
                        Failure.Kind.NOT_UNDERSTOOD,
                        said + ": it redirects" + location(response) + ", which is not followed");
            case 500, 502, 503, 504 ->
                new Failure(Failure.Kind.REJECTED, said + ": the node, or what is in front of it, cannot answer now");
            default -> new Failure(Failure.Kind.NOT_UNDERSTOOD, said + ": not an answer of Patroni's REST API");
        };
    }

    private static String location(HttpExchanges.Response response) {
        return response.location().map(to -> " to " + cut(Printable.line(to))).orElse("");
    }

    /** Returns Patroni's own sentence in brackets; empty text for pages and JSON. */
    private static String sentence(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 4096), StandardCharsets.UTF_8).strip();
        return Optional.of(start)
                .filter(text -> !text.isEmpty() && "<{[".indexOf(text.charAt(0)) < 0)
                .map(text -> " (" + cut(Printable.line(text)) + ")")
                .orElse("");
    }

    private static String cut(String text) {
        return text.length() > LONGEST_SENTENCE ? text.substring(0, LONGEST_SENTENCE) + "…" : text;
    }
}
