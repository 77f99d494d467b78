package io.patop.sim.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as far as the simulated servers look at it.
 *
 * @param method in capitals
 * @param path without the query, undecoded
 * @param query the first value of each parameter, decoded
 * @param body of a request that gave its length; without a length there is none
 */
public record Request(String method, String path, Map<String, String> query, Optional<String> body) {

    /** For a target as it stands in the request line, e.g. {@code /replica?lag=16kB}. */
    public static Request of(String method, String target, Optional<String> body) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return new Request(method, target, Map.of(), body);
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : target.substring(mark + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Request(method, target.substring(0, mark), query, body);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** {@code config} of {@code /config/x}: all that Patroni routes by. */
    public String firstSegment() {
        String rest = path.replaceFirst("^/+", "");
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
