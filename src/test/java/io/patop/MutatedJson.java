package io.patop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Real answers, bent: a value of another type here, a huge number there, a key twice, the end cut off. */
public final class MutatedJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(0),
            NODES.numberNode(-1),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(new BigDecimal("1e400")),
            NODES.numberNode(new BigDecimal("123456789012345678901234567890")),
            NODES.numberNode(1.5),
            NODES.numberNode(65536),
            NODES.textNode(""),
            NODES.textNode(" "),
            NODES.textNode("NaN"),
            NODES.textNode("unknown"),
            NODES.textNode("leader"),
            NODES.textNode("FFFFFFFF/FFFFFFFF"),
            NODES.textNode("0/0"),
            NODES.textNode("9999-12-31T23:59:59.999999999+18:00"),
            NODES.textNode("+999999999-12-31T23:59:59Z"),
            NODES.textNode("http://[::1"),
            NODES.textNode("\u001b[31m\u0007\u202e\u200b\u0000"),
            NODES.textNode("日本語\ud800"),
            NODES.textNode("x".repeat(10_000)),
            NODES.arrayNode(),
            NODES.arrayNode().add(NODES.arrayNode().add(1)),
            NODES.objectNode(),
            NODES.objectNode().put("", 1).set("a", NODES.objectNode().put("b", "c")),
            nested(200));

    private MutatedJson() {}

    /** One change: at the so-many-th place of the document, that value; or what is there doubled or dropped. */
    private record Change(int place, int kind, int value) {}

    /** One change of the text itself. */
    private record Cut(int at, int kind, int with) {}

    /** The sample with up to four values changed and up to two bytes; now and then as it was. */
    public static Arbitrary<byte[]> of(List<String> samples) {
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.integers().between(0, 500),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, VALUES.size() - 1))
                .as(Change::new);
        Arbitrary<Cut> cut = Combinators.combine(
                        Arbitraries.integers().between(0, 4000),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 255))
                .as(Cut::new);
        return Combinators.combine(
                        Arbitraries.of(samples),
                        change.list().ofMaxSize(4),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(List.<Cut>of())),
                                net.jqwik.api.Tuple.of(1, cut.list().ofMaxSize(2))))
                .as(MutatedJson::bend);
    }

    private static final List<String> PIECES = List.of(
            "",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u001b]52;c;eA==\u0007",
            "\u009b31m",
            "\u202e",
            "\"",
            "'",
            "\\",
            ",",
            ":",
            "#",
            "- ",
            "{",
            "[",
            "]",
            "&a ",
            "*a",
            "<<: ",
            "!!python/object:os.system",
            "%",
            "%zz",
            "@",
            "//",
            "=",
            "-1",
            "65536",
            "99999999999999999999",
            "1e400",
            "NaN",
            "~",
            "null",
            "\ud83d\ude00",
            "\ud800",
            "日本語",
            "x".repeat(3000),
            "[".repeat(300));

    /** One change of a text: at that place so many characters go, and that piece comes. */
    private record Patch(int at, int gone, int piece) {}

    /** The sample, in up to four places another text than it was. */
    public static Arbitrary<String> text(List<String> samples) {
        Arbitrary<Patch> patch = Combinators.combine(
                        Arbitraries.integers().between(0, 6000),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(2, Arbitraries.just(0)),
                                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(1, 4)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 5000))),
                        Arbitraries.integers().between(0, PIECES.size() - 1))
                .as(Patch::new);
        return Combinators.combine(Arbitraries.of(samples), patch.list().ofMaxSize(4))
                .as((sample, patches) -> {
                    String text = sample;
                    for (Patch one : patches) {
                        int at = one.at() % (text.length() + 1);
                        text = text.substring(0, at)
                                + PIECES.get(one.piece())
                                + text.substring(Math.min(text.length(), at + one.gone()));
                    }
                    return text;
                });
    }

    private static byte[] bend(String sample, List<Change> changes, List<Cut> cuts) {
        try {
            JsonNode tree = JSON.readTree(sample);
            for (Change change : changes) {
                apply(tree, change);
            }
            byte[] bytes = JSON.writeValueAsBytes(tree);
            for (Cut cut : cuts) {
                bytes = apply(bytes, cut);
            }
            return bytes;
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static void apply(JsonNode tree, Change change) {
        List<JsonNode> places = new ArrayList<>();
        collect(tree, places);
        if (places.isEmpty()) {
            return;
        }
        JsonNode place = places.get(change.place() % places.size());
        JsonNode value = VALUES.get(change.value()).deepCopy();
        if (place instanceof ArrayNode array && !array.isEmpty()) {
            int index = change.place() % array.size();
            switch (change.kind()) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                default -> array.set(index, value);
            }
        } else if (place instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(change.place() % names.size());
            switch (change.kind()) {
                case 0 -> object.remove(name);
                case 1 -> object.set("unheard_of", value);
                default -> object.set(name, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode() && !node.isEmpty()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static byte[] apply(byte[] bytes, Cut cut) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = cut.at() % bytes.length;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String with = String.valueOf((char) cut.with());
        String bent =
                switch (cut.kind()) {
                    case 0 -> text.substring(0, at);
                    case 1 -> text.substring(0, at) + with + text.substring(at);
                    case 2 -> text.substring(0, at) + with + text.substring(at + 1);
                    default -> text.substring(at) + text.substring(0, at);
                };
        return bent.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static JsonNode nested(int depth) {
        ArrayNode outer = NODES.arrayNode();
        ArrayNode inner = outer;
        for (int i = 0; i < depth; i++) {
            inner = inner.addArray();
        }
        return outer;
    }
}
