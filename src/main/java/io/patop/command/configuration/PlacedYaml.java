package io.patop.command.configuration;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.patroni.MalformedYaml;
import io.patop.patroni.TypedFile;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file whose parts know their lines, so that each mistake is told with its place. Every mistake is a
 * {@link CommandFailure} of one line.
 *
 * @param path the file's path
 */
record PlacedYaml(Path path) {

    private static final int LARGEST = 4 << 20;

    /**
     * Reads the whole file.
     *
     * @param ifMissing what to say if there is no such file
     */
    String content(String ifMissing) {
        byte[] content;
        try {
            content = TypedFile.content(path, LARGEST);
        } catch (NoSuchFileException none) {
            throw mistake(path + " does not exist: " + ifMissing);
        } catch (IOException unreadable) {
            throw mistake(path + " cannot be read: " + Printable.line(String.valueOf(unreadable.getMessage())));
        }
        if (content.length > LARGEST) {
            throw mistake(path + " is longer than 4 MiB");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * Returns the file's top.
     *
     * @param ifEmpty what to say if there is nothing in the file
     */
    MappingNode top(String content, String ifEmpty) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(LARGEST);
        bounds.setNestingDepthLimit(10);
        try {
            Node node = new Yaml(new SafeConstructor(bounds)).compose(new StringReader(content));
            if (node == null) {
                throw mistake(path + ", line 1: " + ifEmpty);
            }
            return mapping(node, "the file");
        } catch (YAMLException malformed) {
            throw mistake(MalformedYaml.describe(path, malformed));
        }
    }

    MappingNode mapping(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw at(node, what + " has no KEY: VALUE lines");
    }

    /**
     * Returns the values by their keys, each of which may stand there once.
     *
     * @param known the keys that there are
     * @param possible which keys there are, as a clause for a person
     */
    Map<String, Node> values(MappingNode mapping, Set<String> known, String possible) {
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (!known.contains(key)) {
                throw at(tuple.getKeyNode(), "unknown key " + key + "; " + possible);
            }
            if (values.put(key, tuple.getValueNode()) != null) {
                throw at(tuple.getKeyNode(), key + " stands there twice");
            }
        }
        return values;
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw at(node, "a text is missing there");
    }

    /**
     * Returns whether it says true.
     *
     * @param what the key
     */
    boolean truth(Node node, String what) {
        return switch (text(node)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw at(node, what + " is true or false");
        };
    }

    /** Returns the texts of a list, or the one text that stands instead of a list. */
    List<Node> list(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }

    int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Returns the failure for a mistake; it never holds the value of a dsn, which may contain a password. */
    CommandFailure at(Node node, String what) {
        return mistake(path + ", line " + line(node) + ": " + Printable.line(what));
    }

    static CommandFailure mistake(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
