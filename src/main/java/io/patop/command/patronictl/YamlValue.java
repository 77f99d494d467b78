package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.YamlText;
import io.patop.patroni.MalformedYaml;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads a YAML value as patronictl does (PyYAML's safe_load): {@code on} is true, {@code 1e5} is a text, {@code 010}
 * is 8. A date stays a text, since JSON has no dates, and a merge ({@code <<}) is refused.
 */
final class YamlValue {

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 50;
    private static final int MOST = 100_000;

    private final String origin;
    private int nodes;

    private YamlValue(String origin) {
        this.origin = origin;
    }

    /**
     * Returns maps, lists, strings, numbers, booleans and nulls.
     *
     * @param origin where the text was written, for an error message
     */
    @SuppressWarnings("NullAway")
    static Object read(String yaml, String origin) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(LARGEST);
        bounds.setNestingDepthLimit(DEEPEST);
        DumperOptions unused = new DumperOptions();
        try {
            Node node = new Yaml(
                            new SafeConstructor(bounds),
                            new Representer(unused),
                            unused,
                            bounds,
                            new YamlText.PyYamlResolver())
                    .compose(new StringReader(yaml));
            return node == null ? null : new YamlValue(origin).value(node);
        } catch (YAMLException malformed) {
            throw new CommandFailure(ExitCode.USAGE, MalformedYaml.describe(origin, malformed));
        }
    }

    /** Returns a whole configuration: a mapping, which may be empty. */
    static Map<String, Object> mapping(String yaml, String origin) {
        Object value = read(yaml, origin);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> mapping = new LinkedHashMap<>();
            map.forEach((key, inner) -> mapping.put(key.toString(), inner));
            return mapping;
        }
        throw new CommandFailure(ExitCode.USAGE, origin + ": no configuration: there are no KEY: VALUE lines");
    }

    private Object value(Node node) {
        nodes++;
        if (nodes > MOST) {
            throw new CommandFailure(ExitCode.USAGE, origin + ": more than " + MOST + " values");
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                map.put(key(entry.getKeyNode()), value(entry.getValueNode()));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private String key(Node node) {
        if (node instanceof ScalarNode scalar && !Tag.MERGE.equals(scalar.getTag())) {
            return scalar.getValue();
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                origin + ", line " + (node.getStartMark().getLine() + 1) + ": a key is one plain text here");
    }

    @SuppressWarnings("NullAway") // null is YAML's own
    private static Object scalar(ScalarNode node) {
        String text = node.getValue();
        if (Tag.NULL.equals(node.getTag())) {
            return null;
        }
        if (Tag.BOOL.equals(node.getTag())) {
            return List.of("yes", "true", "on").contains(text.toLowerCase(Locale.ROOT));
        }
        if (Tag.INT.equals(node.getTag())) {
            return whole(text);
        }
        if (Tag.FLOAT.equals(node.getTag())) {
            return fraction(text);
        }
        return text;
    }

    private static Object whole(String text) {
        String plain = text.replace("_", "");
        boolean negative = plain.startsWith("-");
        String digits = plain.startsWith("-") || plain.startsWith("+") ? plain.substring(1) : plain;
        BigInteger number;
        if (digits.startsWith("0b")) {
            number = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            number = new BigInteger(digits.substring(2), 16);
        } else if (digits.contains(":")) {
            number = BigInteger.ZERO;
            for (String part : digits.split(":", -1)) {
                number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        } else if (digits.startsWith("0") && digits.length() > 1) {
            number = new BigInteger(digits, 8);
        } else {
            number = new BigInteger(digits);
        }
        BigInteger signed = negative ? number.negate() : number;
        return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
    }

    /** Returns a number; infinity and the like are not JSON and stay texts. */
    private static Object fraction(String text) {
        try {
            return Double.valueOf(text.replace("_", ""));
        } catch (NumberFormatException special) {
            return text;
        }
    }
}
