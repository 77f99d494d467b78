package io.patop.cluster;

import io.patop.text.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an address that a person typed or configured fit for a message. It removes the user and password, the query,
 * and anything in place of the port that is no port, since each may be a secret.
 */
public final class ShownAddress {

    private static final int LONGEST = 120;
    private static final Pattern PARTS = Pattern.compile("((?:[^:/?#]*://)?)([^/?#]*)([^?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("[0-9]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.\\[\\]]*");

    private ShownAddress() {}

    /** The address without secrets, printable, and cut to about 120 characters. */
    public static String of(String typed) {
        String text = typed.strip().replaceAll("(?i)%40", "@");
        int at = text.lastIndexOf('@');
        Matcher parts = PARTS.matcher(at < 0 ? text : text.substring(at + 1));
        if (!parts.matches()) {
            return "…";
        }
        String scheme = at < 0 ? parts.group(1) : "…@" + parts.group(1);
        String query = parts.group(4).isEmpty() ? "" : parts.group(4).substring(0, 1) + "…";
        String line = Printable.line(scheme + authority(parts.group(2)) + parts.group(3) + query);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static String authority(String text) {
        int colon = text.indexOf(':', text.startsWith("[") ? Math.max(0, text.indexOf(']')) : 0);
        if (colon < 0) {
            return text;
        }
        String rest = text.substring(colon + 1);
        boolean harmless = rest.contains(":")
                ? IPV6.matcher(text).matches()
                : PORT.matcher(rest).matches();
        return harmless ? text : text.substring(0, colon + 1) + "…";
    }
}
