package io.patop.screen.view;

import java.net.URI;
import java.util.regex.Pattern;

/** Makes the curl command for the page that is shown. None of these pages needs credentials. */
final class CurlCommand {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CurlCommand() {}

    static String of(URI endpoint) {
        return "curl -s " + quoted(endpoint.toString());
    }

    /** Quotes a text as one word for a POSIX shell. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
