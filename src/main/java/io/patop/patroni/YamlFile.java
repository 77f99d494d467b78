package io.patop.patroni;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML file as a tree of nodes that know their lines, so that a mistake can be located. The file may be anything,
 * so no objects are constructed from it, aliases are never expanded, and size and depth are bounded.
 */
final class YamlFile {

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 50;

    private final Path path;
    private final Optional<MappingNode> root;

    private YamlFile(Path path, Optional<MappingNode> root) {
        this.path = path;
        this.root = root;
    }

    /** Reads the file; an empty one has no values. */
    static YamlFile read(Path path) throws ConfigurationMistake {
        byte[] content;
        try {
            content = TypedFile.content(path, LARGEST);
        } catch (IOException unreadable) {
            throw new ConfigurationMistake(path + " cannot be read: " + FileErrors.why(unreadable));
        }
        if (content.length > LARGEST) {
            throw new ConfigurationMistake(path + " is longer than 1 MiB: not a configuration of Patroni");
        }
        return new YamlFile(path, compose(path, new String(content, StandardCharsets.UTF_8)));
    }

    /**
     * Returns the text at a path of keys, e.g. {@code ctl, authentication, username}; empty if it is null or missing.
     */
    Optional<String> text(String... keys) throws ConfigurationMistake {
        Optional<ScalarNode> scalar = scalar(keys);
        return scalar.map(ScalarNode::getValue).filter(value -> !value.isEmpty());
    }

    /** Returns the boolean at a path of keys. */
    Optional<Boolean> truth(String... keys) throws ConfigurationMistake {
        Optional<ScalarNode> scalar = scalar(keys);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        Optional<Boolean> truth = PatroniBoolean.of(scalar.get().getValue());
        if (truth.isEmpty()) {
            throw at(scalar.get(), String.join(".", keys) + " is neither true nor false");
        }
        return truth;
    }

    private Optional<ScalarNode> scalar(String... keys) throws ConfigurationMistake {
        Optional<Node> node = root.map(mapping -> mapping);
        for (int depth = 0; depth < keys.length && node.isPresent(); depth++) {
            if (!(node.get() instanceof MappingNode section)) {
                throw at(node.get(), keys[depth - 1] + " is no section (KEY: VALUE lines, indented)");
            }
            node = value(section, keys[depth]).filter(found -> !Tag.NULL.equals(found.getTag()));
        }
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        throw at(node.get(), String.join(".", keys) + " is no single value");
    }

    /**
     * Returns the value of a key. The last of equal keys counts, as in Python; merged sections ({@code <<}) come
     * after own keys.
     */
    private static Optional<Node> value(MappingNode section, String key) {
        Optional<Node> own = own(section, key);
        return own.isPresent()
                ? own
                : own(section, "<<").flatMap(merged -> merged instanceof MappingNode other ? own(other, key) : own);
    }

    private static Optional<Node> own(MappingNode section, String key) {
        Optional<Node> last = Optional.empty();
        for (NodeTuple entry : section.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                last = Optional.of(entry.getValueNode());
            }
        }
        return last;
    }

    private static Optional<MappingNode> compose(Path path, String content) throws ConfigurationMistake {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(LARGEST);
        bounds.setNestingDepthLimit(DEEPEST);
        Node node;
        try {
            // As Yaml.compose does, but without a constructor of Java objects, which is slow to set up.
            node = new Composer(new ParserImpl(new StreamReader(content), bounds), new Resolver(), bounds)
                    .getSingleNode();
        } catch (YAMLException malformed) {
            throw new ConfigurationMistake(MalformedYaml.describe(path, malformed));
        }
        if (node == null || Tag.NULL.equals(node.getTag())) {
            return Optional.empty();
        }
        if (node instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        throw new ConfigurationMistake(path + ", line 1: not a configuration of Patroni: no KEY: VALUE lines");
    }

    /** Returns the error for a node, without its value: it may be a password. */
    private ConfigurationMistake at(Node node, String what) {
        return new ConfigurationMistake(path + ", line " + (node.getStartMark().getLine() + 1) + ": " + what);
    }
}
