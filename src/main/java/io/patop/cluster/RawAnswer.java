package io.patop.cluster;

import io.patop.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer of a REST API as it came over the wire, of any status: what curl would print. */
public final class RawAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean cut;

    /**
     * An answer.
     *
     * @param status 100 to 599
     * @param headers by name, in small letters
     * @param body byte for byte
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

    /** The code with its meaning in HTTP, e.g. {@code 503 Service Unavailable}. */
    public String statusWords() {
        return text(status);
    }

    /** All headers by name, in small letters. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A header by its name in small letters. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** How many bytes of the body were read. */
    public int size() {
        return body.length;
    }

    /** The body, or its beginning if it is {@link #isCut}. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text; bytes that are no UTF-8 become {@link Printable#REPLACEMENT}. */
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
