package io.patop.command;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.MalformedYaml;
import io.patop.patroni.TypedFile;
import io.patop.text.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * patop's own configuration file: the clusters of a fleet. A mistake is reported with the file's name and its line; an
 * unknown key is a mistake, since a misspelt {@code read-only} would otherwise be ignored.
 *
 * <pre>{@code
 * clusters:
 *   - name: orders                       # needed; as it is shown
 *     urls: [10.0.0.1:8008, b=10.0.0.2:8008]   # needed, unless the config-file tells; any member, or NAME=URL
 *     config-file: /etc/patroni/orders.yml     # Patroni's or patronictl's, for credentials and certificates
 *     read-only: true                    # nothing is changed from here
 *     docker-host: unix:///var/run/docker.sock
 *     dsn: postgresql://app@10.0.0.9:5000/app  # for the write probe
 * }</pre>
 *
 * @param path the file's path
 * @param entries the clusters in the file's order; at least one
 */
record FleetFile(Path path, List<Entry> entries) {

    private static final int LARGEST = 4 << 20;
    private static final Set<String> KEYS = Set.of("name", "urls", "config-file", "read-only", "docker-host", "dsn");

    /**
     * One cluster.
     *
     * @param name the cluster's name, unique in the file
     * @param urls URLs of any members
     * @param byMember URLs given for members by name
     * @param configFile Patroni's own configuration file
     * @param readOnly whether nothing may be changed
     * @param dockerHost the Docker Engine that runs the cluster
     * @param dsn the database that the probe writes to
     */
    record Entry(
            String name,
            List<ApiUrl> urls,
            Map<String, ApiUrl> byMember,
            Optional<Path> configFile,
            boolean readOnly,
            Optional<String> dockerHost,
            Optional<String> dsn) {
        Entry {
            urls = List.copyOf(urls);
            byMember = Map.copyOf(byMember);
        }
    }

    FleetFile {
        entries = List.copyOf(entries);
    }

    /** Returns the file that is read if no other is named. */
    static Path standard(Map<String, String> environment, Path home) {
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return (configuration.isEmpty() ? home.resolve(".config") : Path.of(configuration))
                .resolve("patop")
                .resolve("patop.yaml");
    }

    /** Reads a file. A mistake is a {@link CommandFailure} of one line. */
    static FleetFile read(Path path) {
        byte[] content;
        try {
            content = TypedFile.content(path, LARGEST);
        } catch (NoSuchFileException none) {
            throw mistake(path + " does not exist: name your clusters there, or say where with --clusters FILE");
        } catch (IOException unreadable) {
            throw mistake(path + " cannot be read: " + Printable.line(String.valueOf(unreadable.getMessage())));
        }
        if (content.length > LARGEST) {
            throw mistake(path + " is longer than 4 MiB");
        }
        return new FleetFile(path, new Reading(path).clusters(new String(content, StandardCharsets.UTF_8)));
    }

    private static CommandFailure mistake(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** Reads one file's nodes, which know their lines. */
    private record Reading(Path path) {

        List<Entry> clusters(String content) {
            MappingNode top = mapping(compose(content), "the file");
            List<Entry> entries = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (NodeTuple tuple : top.getValue()) {
                if (!key(tuple).equals("clusters")) {
                    throw at(tuple.getKeyNode(), "unknown key " + key(tuple) + "; only clusters stands at the top");
                }
                if (!(tuple.getValueNode() instanceof SequenceNode list)) {
                    throw at(tuple.getValueNode(), "clusters is a list: each begins with \"- name: …\"");
                }
                for (Node node : list.getValue()) {
                    Entry entry = entry(mapping(node, "a cluster"));
                    if (!names.add(entry.name())) {
                        throw at(node, "another cluster is called " + entry.name() + " already");
                    }
                    entries.add(entry);
                }
            }
            if (entries.isEmpty()) {
                throw mistake(path + ", line 1: it names no clusters");
            }
            return entries;
        }

        private Entry entry(MappingNode cluster) {
            Map<String, Node> values = new HashMap<>();
            for (NodeTuple tuple : cluster.getValue()) {
                String key = key(tuple);
                if (!KEYS.contains(key)) {
                    throw at(
                            tuple.getKeyNode(),
                            "unknown key " + key + "; a cluster has "
                                    + String.join(", ", KEYS.stream().sorted().toList()));
                }
                if (values.put(key, tuple.getValueNode()) != null) {
                    throw at(tuple.getKeyNode(), key + " stands there twice");
                }
            }
            if (!values.containsKey("name")) {
                throw at(cluster, "a cluster has a name");
            }
            if (!values.containsKey("urls") && !values.containsKey("config-file")) {
                throw at(cluster, "a cluster has urls, or a config-file that tells one");
            }
            Map<String, ApiUrl> byMember = new LinkedHashMap<>();
            List<ApiUrl> urls = urls(values, byMember);
            return new Entry(
                    text(values.get("name")),
                    urls,
                    byMember,
                    Optional.ofNullable(values.get("config-file")).map(this::file),
                    values.containsKey("read-only") && truth(values.get("read-only")),
                    optional(values, "docker-host"),
                    optional(values, "dsn"));
        }

        private List<ApiUrl> urls(Map<String, Node> values, Map<String, ApiUrl> byMember) {
            Node node = values.get("urls");
            if (node == null) {
                return List.of();
            }
            List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
            if (nodes.isEmpty()) {
                throw at(node, "urls is empty");
            }
            List<ApiUrl> urls = new ArrayList<>();
            for (Node one : nodes) {
                String text = text(one);
                int equals = text.indexOf('=');
                try {
                    ApiUrl url = ApiUrl.parse(text.substring(equals + 1));
                    urls.add(url);
                    if (equals > 0) {
                        byMember.put(text.substring(0, equals), url);
                    }
                } catch (IllegalArgumentException wrong) {
                    throw at(one, Printable.message(wrong));
                }
            }
            return urls;
        }

        /** Returns a path; a relative one is relative to this file's directory. */
        private Path file(Node node) {
            String text = text(node);
            Path directory = path.toAbsolutePath().getParent();
            try {
                return directory == null ? Path.of(text) : directory.resolve(text);
            } catch (InvalidPathException none) {
                throw at(node, "config-file is no file's name");
            }
        }

        private Optional<String> optional(Map<String, Node> values, String key) {
            return Optional.ofNullable(values.get(key)).map(this::text);
        }

        private String text(Node node) {
            if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                return scalar.getValue().strip();
            }
            throw at(node, "a text is missing there");
        }

        private boolean truth(Node node) {
            return switch (text(node)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw at(node, "read-only is true or false");
            };
        }

        private MappingNode mapping(Node node, String what) {
            if (node instanceof MappingNode mapping) {
                return mapping;
            }
            throw at(node, what + " has no KEY: VALUE lines");
        }

        private String key(NodeTuple tuple) {
            return text(tuple.getKeyNode());
        }

        private Node compose(String content) {
            LoaderOptions bounds = new LoaderOptions();
            bounds.setCodePointLimit(LARGEST);
            bounds.setNestingDepthLimit(10);
            try {
                Node node = new Yaml(new SafeConstructor(bounds)).compose(new StringReader(content));
                if (node == null) {
                    throw mistake(path + ", line 1: it names no clusters");
                }
                return node;
            } catch (YAMLException malformed) {
                throw mistake(MalformedYaml.describe(path, malformed));
            }
        }

        /** Returns the failure for a mistake; it never holds the value of a dsn, which may contain a password. */
        private CommandFailure at(Node node, String what) {
            return mistake(path + ", line " + (node.getStartMark().getLine() + 1) + ": " + Printable.line(what));
        }
    }
}
