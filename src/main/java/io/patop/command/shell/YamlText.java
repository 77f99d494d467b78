package io.patop.command.shell;

import io.patop.text.Printable;
import io.patop.text.PythonFloat;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes YAML as patronictl prints it: PyYAML's {@code safe_dump} with sorted keys, a width of 200 and Unicode
 * unescaped. Characters that could act on a terminal are always escaped, which PyYAML does for most of them only.
 * Other differences do not change the value that is read back: digits that begin with 0 are quoted though they are no
 * number ({@code '08'}), and a text in double quotes keeps its emoji, writes hexadecimal digits in lower case and may
 * be folded at another place.
 */
public final class YamlText {

    private static final int WIDTH = 200;

    /** An unpaired surrogate, of which the emitter would make another character. */
    private static final Pattern WITHOUT_PAIR = Pattern.compile("[\\uD800-\\uDFFF]");

    private YamlText() {}

    /** Returns one key or item a line, indented, with a line end after the last. */
    public static String block(Object value) {
        return dump(value, FlowStyle.BLOCK, WIDTH);
    }

    /** Returns the value in braces, folded at 200 characters, with a line end. */
    static String flow(Object value) {
        return dump(value, FlowStyle.FLOW, WIDTH);
    }

    /** Returns the value in braces, never folded, with a line end. */
    static String unfolded(Object value) {
        return dump(value, FlowStyle.FLOW, Integer.MAX_VALUE);
    }

    private static String dump(Object value, FlowStyle style, int width) {
        DumperOptions options = new DumperOptions();
        options.setWidth(width);
        options.setAllowUnicode(true);
        options.setDefaultFlowStyle(style);
        options.setDereferenceAliases(true);
        LoaderOptions loading = new LoaderOptions();
        Yaml yaml = new Yaml(
                new SafeConstructor(loading), new Representer(options), options, loading, new PyYamlResolver());
        StringWriter out = new StringWriter();
        yaml.serialize(node(value, style), out);
        return escaped(out.toString());
    }

    private static Node node(Object value, FlowStyle style) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> entries = map.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().toString(), YamlText::byCodePoint))
                    .map(entry -> new NodeTuple(node(entry.getKey(), style), node(entry.getValue(), style)))
                    .toList();
            return new MappingNode(Tag.MAP, entries, style);
        }
        if (value instanceof List<?> list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item, style)));
            return new SequenceNode(Tag.SEQ, items, style);
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Double fraction) {
            return scalar(Tag.FLOAT, fraction(fraction), ScalarStyle.PLAIN);
        }
        if (value instanceof Number number) {
            return scalar(Tag.INT, number.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof Boolean truth) {
            return scalar(Tag.BOOL, truth.toString(), ScalarStyle.PLAIN);
        }
        if (value == null) {
            return scalar(Tag.NULL, "null", ScalarStyle.PLAIN);
        }
        throw new IllegalArgumentException("no YAML for " + value.getClass());
    }

    /**
     * Makes the node of a text. Without an explicit style the emitter leaves out the quotes where it can, which
     * PyYAML does not for texts of several lines.
     */
    private static Node text(String raw) {
        String text = WITHOUT_PAIR.matcher(raw).replaceAll("\uFFFD");
        if (!text.codePoints().allMatch(YamlText::isHarmless)) {
            return scalar(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
        }
        return scalar(Tag.STR, text, text.indexOf('\n') < 0 ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED);
    }

    private static Node scalar(Tag tag, String text, ScalarStyle style) {
        return new ScalarNode(tag, text, null, null, style);
    }

    /** Returns a fraction as PyYAML writes it: YAML 1.1 wants a point, so 1e+16 becomes 1.0e+16. */
    private static String fraction(double number) {
        String repr = PythonFloat.repr(number);
        return repr.indexOf('.') < 0 ? repr.replaceFirst("e", ".0e") : repr;
    }

    /** Compares in Python's order of strings, which differs from Java's beyond the basic plane. */
    private static int byCodePoint(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return Arrays.compare(a, b);
    }

    /**
     * Returns whether the character can stay. Line ends and tabs can, since the emitter quotes, folds and escapes
     * them.
     */
    private static boolean isHarmless(int point) {
        return point == '\n' || point == '\t' || isShown(point);
    }

    private static boolean isShown(int point) {
        String text = Character.toString(point);
        return Printable.line(text).equals(text);
    }

    /**
     * Escapes the characters that the emitter left. A text with a character that must not be shown has been written
     * in double quotes, so it can be escaped in place.
     */
    private static String escaped(String yaml) {
        if (yaml.codePoints().allMatch(YamlText::isHarmless)) {
            return yaml;
        }
        StringBuilder safe = new StringBuilder(yaml.length() + 16);
        yaml.codePoints().forEach(point -> {
            if (isHarmless(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append(String.format(point > 0xFFFF ? "\\U%08X" : "\\u%04X", point));
            }
        });
        return safe.toString();
    }

    /**
     * Resolves plain texts as PyYAML does, and so decides what is quoted. SnakeYAML's own patterns differ, e.g. for
     * {@code 1e5}. The inner loops are possessive: a text of any length must not exhaust the stack.
     */
    public static final class PyYamlResolver extends Resolver {

        private static final int LONGEST = Integer.MAX_VALUE;

        @Override
        protected void addImplicitResolvers() {
            add(Tag.BOOL, "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF", "yYnNtTfFoO");
            add(
                    Tag.FLOAT,
                    "[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?"
                            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])++\\.[0-9_]*"
                            + "|[-+]?\\.(?:inf|Inf|INF)"
                            + "|\\.(?:nan|NaN|NAN)",
                    "-+0123456789.");
            add(
                    Tag.INT,
                    "[-+]?0b[0-1_]+"
                            + "|[-+]?0[0-7_]+"
                            + "|[-+]?(?:0|[1-9][0-9_]*)"
                            + "|[-+]?0x[0-9a-fA-F_]+"
                            + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])++",
                    "-+0123456789");
            add(Tag.MERGE, "<<", "<");
            add(Tag.NULL, "~|null|Null|NULL|", "~nN\0");
            add(
                    Tag.TIMESTAMP,
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
                            + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?",
                    "0123456789");
            add(Tag.YAML, "=", "=");
            add(Tag.YAML, "!|&|\\*", "!&*");
        }

        private void add(Tag tag, String regex, String first) {
            addImplicitResolver(tag, Pattern.compile("^(?:" + regex + ")$"), first, LONGEST);
        }
    }
}
