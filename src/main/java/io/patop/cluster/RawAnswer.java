package io.patop.cluster;

import io.patop.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer of a REST API as it came over the wire, with any status code: what curl would print. */
public final class RawAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean cut;

    /**
     * An answer with all its parts.
     *
     * @param status 100 to 599
     * @param headers by name, in lower case
     * @param body the bytes that were read
     * @param cut whether the body is longer than was read
     */
    public RawAnswer(int status, Map<String, String> headers, byte[] body, boolean cut) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        this.body = body.clone();
        this.cut = cut;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Whether the status is below 400. */
    public boolean isGood() {
        return status < 400;
    }

    /** The status code with its meaning in HTTP, e.g. {@code 503 Service Unavailable}. */
    public String statusWords() {
        return text(status);
    }

    /** All headers by name, in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The header of that name, which must be in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The number of bytes of the body that were read. */
    public int size() {
        return body.length;
    }

    /** The body, or its beginning if it is {@link #isCut}. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text; bytes that are not UTF-8 become {@link Printable#REPLACEMENT}. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the body is longer than what was read of it. */
    public boolean isCut() {
        return cut;
    }

    /** A status code with its meaning in HTTP (RFC 9110). */
    public static String text(int status) {
        String meaning =
                switch (status) {
                    case 200 -> " OK";
                    case 202 -> " Accepted";
                    case 204 -> " No Content";
                    case 301 -> " Moved Permanently";
                    case 302 -> " Found";
                    case 400 -> " Bad Request";
                    case 401 -> " Unauthorized";
                    case 403 -> " Forbidden";
                    case 404 -> " Not Found";
                    case 405 -> " Method Not Allowed";
                    case 409 -> " Conflict";
                    case 411 -> " Length Required";
                    case 412 -> " Precondition Failed";
                    case 422 -> " Unprocessable Content";
                    case 429 -> " Too Many Requests";
                    case 500 -> " Internal Server Error";
                    case 501 -> " Not Implemented";
                    case 502 -> " Bad Gateway";
                    case 503 -> " Service Unavailable";
                    case 504 -> " Gateway Timeout";
                    default -> "";
                };
        return status + meaning;
    }
}
