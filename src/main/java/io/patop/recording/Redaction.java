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
 * Removes secrets from what is about to be written, since recordings are sent by mail. {@code /config} and error
 * messages may hold them: values with a telling key, passwords in connection strings, commands and URLs, and private
 * keys. Anything that looks like a secret is removed, even if it may be none.
 */
final class Redaction {

    /** The text that replaces a secret. It is valid as a URL's user information. */
    static final String MARK = "redacted";

    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i).*(passw(or)?d|passphrase|secret|token|credential|api_?key|private_?key).*");

    /** PostgreSQL's settings whose names look like a secret's but are none. */
    private static final Set<String> HARMLESS = Set.of("password_encryption");

    /** A quick test that most text passes as harmless. */
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

    /** Removes the secrets from the tree itself. */
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

    /** The text without its secrets. */
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

    /** Replaces all values below this one, and keeps their structure. */
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
