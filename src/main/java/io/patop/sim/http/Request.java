package io.patop.sim.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request with the parts that the simulated servers use.
 *
 * @param method method in capitals
 * @param path path without the query, undecoded
 * @param query the first value of each parameter, decoded
 * @param body the body; empty if the request gave no length
 */
public record Request(String method, String path, Map<String, String> query, Optional<String> body) {

    /** Makes a request of a target as in the request line, e.g. {@code /replica?lag=16kB}. */
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

    /** Returns {@code config} for {@code /config/x}: Patroni routes by this segment only. */
    public String firstSegment() {
        String rest = path.replaceFirst("^/+", "");
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
