package io.patop.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is about to be written: a recording is mailed around. {@code /config} and error
 * messages may hold them: values whose key says so, passwords in connection strings, commands and URLs, private
 * keys. What looks like a secret is taken out even where it may be none.
 */
final class Redaction {

    /** What stands in place of a secret. Fit for a URL's user information. */
    static final String MARK = "redacted";

    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i).*(passw(or)?d|passphrase|secret|token|credential|api_?key|private_?key).*");

    /** Settings of PostgreSQL whose names sound like a secret and are none. */
    private static final Set<String> HARMLESS = Set.of("password_encryption");

    /** Quick test, since nearly all text is harmless: most text has none of these. */
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i)passw|passphrase|secret|token|credential|api_?key|://|private key|authorization");

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            // http://user:password@host, postgres://password@host
            new Rule(Pattern.compile("(\\w://)[^/?#\\s@]*@"), "$1" + MARK + "@"),
            // password='it''s \'x', PGPASSWORD=x, ?token=x&…, --password x
            new Rule(
                    Pattern.compile(
                            "(?i)((?:[\\w-]*(?:passw(?:or)?d|passphrase|secret|token|credential|api_?key)[\\w-]*)"
                                    + "[\"']?\\s*(?:[=:]|(?<=--[\\w-]{1,40})\\s)\\s*)"
                                    + "('(?:[^'\\\\]|\\\\.|'')*'?|\"(?:[^\"\\\\]|\\\\.)*\"?|[^\\s&,;)}'\"]+)"),
                    "$1" + MARK),
            new Rule(Pattern.compile("(?i)(authorization\\s*:\\s*\\w+\\s+)\\S+"), "$1" + MARK),
            new Rule(
                    Pattern.compile("(?s)(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(-----END [A-Z ]*PRIVATE KEY-----|$)"),
                    "$1" + MARK + "$2"));

    private Redaction() {}

    /** Changes the tree. */
    static void redact(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                property.setValue(cleared(property.getKey(), property.getValue()));
            }
        } else if (tree instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, cleared("", array.get(i)));
            }
        }
    }

    /** The text without the secrets in it. */
    static String redact(String text) {
        if (!SUSPICIOUS.matcher(text).find()) {
            return text;
        }
        String clear = text;
        for (Rule rule : RULES) {
            clear = rule.pattern().matcher(clear).replaceAll(rule.replacement());
        }
        return clear;
    }

    private static JsonNode cleared(String key, JsonNode value) {
        if (isSecret(key)) {
            return withheld(value);
        }
        if (value.isTextual()) {
            String clear = redact(value.textValue());
            return clear.equals(value.textValue()) ? value : TextNode.valueOf(clear);
        }
        redact(value);
        return value;
    }

    /** All that is written below it, but its shape. */
    private static JsonNode withheld(JsonNode value) {
        if (value.isContainerNode()) {
            if (value instanceof ObjectNode object) {
                object.properties().forEach(property -> property.setValue(withheld(property.getValue())));
            } else if (value instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, withheld(array.get(i)));
                }
            }
            return value;
        }
        return value.isTextual() || value.isNumber() ? TextNode.valueOf(MARK) : value;
    }

    private static boolean isSecret(String key) {
        return SUSPICIOUS.matcher(key).find()
                && !HARMLESS.contains(key)
                && SECRET_KEY.matcher(key).matches();
    }
}
