package io.patop.command.configuration;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Home;
import io.patop.control.place.MemberPlace;
import io.patop.patroni.ApiUrl;
import io.patop.text.Printable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The clusters of a fleet, in patop's own configuration file. A mistake is reported with the file's name and its line;
 * an unknown key is a mistake, since a misspelt {@code read-only} would otherwise be ignored.
 *
 * <pre>{@code
 * clusters:
 *   - name: orders                       # needed; as it is shown
 *     urls: [10.0.0.1:8008, b=10.0.0.2:8008]   # needed, unless the config-file tells; any member, or NAME=URL
 *     config-file: /etc/patroni/orders.yml     # Patroni's or patronictl's, for credentials and certificates
 *     read-only: true                    # nothing is changed from here
 *     docker-host: unix:///var/run/docker.sock
 *     dsn: postgresql://app@10.0.0.9:5000/app  # for the write probe
 *     break: {commands: {stop: [virsh, shutdown, '{name}'], start: [virsh, start, '{name}']}}
 * }</pre>
 *
 * @param path the file's path
 * @param entries the clusters in the file's order; at least one
 */
public record FleetFile(Path path, List<Entry> entries) {

    private static final String NO_CLUSTERS = "it names no clusters";
    private static final Set<String> KEYS =
            Set.of("name", "urls", "config-file", "read-only", "docker-host", "dsn", "break");

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
     * @param place by which means its members are broken and mended, if not by Docker
     */
    public record Entry(
            String name,
            List<ApiUrl> urls,
            Map<String, ApiUrl> byMember,
            Optional<Path> configFile,
            boolean readOnly,
            Optional<String> dockerHost,
            Optional<String> dsn,
            Optional<MemberPlace> place) {
        public Entry {
            urls = List.copyOf(urls);
            byMember = Map.copyOf(byMember);
        }
    }

    public FleetFile {
        entries = List.copyOf(entries);
    }

    /**
     * Returns the file that is read if no other is named: {@code config.yaml}, or {@code patop.yaml} as before where
     * only that is there.
     */
    public static Path standard(Map<String, String> environment, Path home) {
        Path configuration = ConfigurationFile.standard(environment, home);
        Path before = configuration.resolveSibling("patop.yaml");
        return !Files.exists(configuration) && Files.exists(before) ? before : configuration;
    }

    /** Returns the file that a variable names, else the standard one. */
    public static Path chosen(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("PATOP_CLUSTERS"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> standard(environment, Home.of(environment)));
    }

    /** Reads a file. A mistake is a {@link CommandFailure} of one line. */
    public static FleetFile read(Path path) {
        PlacedYaml yaml = new PlacedYaml(path);
        String content = yaml.content("name your clusters there, or say where with --clusters FILE");
        return new FleetFile(path, new Reading(yaml).clusters(content));
    }

    /** Returns the cluster of that name. */
    public Entry named(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailure(ExitCode.USAGE, path + " names no cluster " + Printable.line(name)));
    }

    /** Reads one file's nodes, which know their lines. */
    private record Reading(PlacedYaml yaml) {

        List<Entry> clusters(String content) {
            Map<String, Node> sections = ConfigurationFile.sections(yaml, yaml.top(content, NO_CLUSTERS));
            List<Entry> entries = new ArrayList<>();
            Node clusters = sections.get("clusters");
            if (clusters instanceof MappingNode byName) {
                for (NodeTuple one : byName.getValue()) {
                    String name = yaml.text(one.getKeyNode());
                    add(
                            entry(yaml.mapping(one.getValueNode(), "a cluster"), Optional.of(name)),
                            one.getKeyNode(),
                            entries);
                }
            } else if (clusters != null) {
                if (!(clusters instanceof SequenceNode)) {
                    throw yaml.at(clusters, "clusters is a list: each begins with \"- name: …\"; or NAME: {urls: …}");
                }
                for (Node node : yaml.list(clusters)) {
                    add(entry(yaml.mapping(node, "a cluster"), Optional.empty()), node, entries);
                }
            }
            if (entries.isEmpty()) {
                throw PlacedYaml.mistake(yaml.path() + ", line 1: " + NO_CLUSTERS);
            }
            return entries;
        }

        private void add(Entry entry, Node node, List<Entry> entries) {
            if (entries.stream().anyMatch(other -> other.name().equals(entry.name()))) {
                throw yaml.at(node, "another cluster is called " + entry.name() + " already");
            }
            entries.add(entry);
        }

        /** Reads a cluster, whose name may stand before it instead of in it. */
        private Entry entry(MappingNode cluster, Optional<String> key) {
            Map<String, Node> values = yaml.values(
                    cluster,
                    KEYS,
                    "a cluster has " + String.join(", ", KEYS.stream().sorted().toList()));
            if (key.isPresent() && values.containsKey("name")) {
                throw yaml.at(cluster, "the name of a cluster stands before it already");
            }
            Optional<String> name = key.or(() -> optional(values, "name"));
            if (name.isEmpty()) {
                throw yaml.at(cluster, "a cluster has a name");
            }
            if (!values.containsKey("urls") && !values.containsKey("config-file")) {
                throw yaml.at(cluster, "a cluster has urls, or a config-file that tells one");
            }
            Map<String, ApiUrl> byMember = new LinkedHashMap<>();
            List<ApiUrl> urls = urls(values, byMember);
            Optional<BreakSection.Means> means =
                    Optional.ofNullable(values.get("break")).map(node -> new BreakSection(yaml).means(node));
            Optional<String> engine = means.flatMap(BreakSection.Means::dockerHost);
            if (engine.isPresent() && values.containsKey("docker-host")) {
                throw yaml.at(cluster, "docker-host and break name an engine each: leave one of them out");
            }
            return new Entry(
                    name.get(),
                    urls,
                    byMember,
                    Optional.ofNullable(values.get("config-file")).map(this::file),
                    values.containsKey("read-only") && yaml.truth(values.get("read-only"), "read-only"),
                    engine.or(() -> optional(values, "docker-host")),
                    optional(values, "dsn"),
                    means.flatMap(BreakSection.Means::place));
        }

        private List<ApiUrl> urls(Map<String, Node> values, Map<String, ApiUrl> byMember) {
            Node node = values.get("urls");
            if (node == null) {
                return List.of();
            }
            List<Node> nodes = yaml.list(node);
            if (nodes.isEmpty()) {
                throw yaml.at(node, "urls is empty");
            }
            List<ApiUrl> urls = new ArrayList<>();
            for (Node one : nodes) {
                String text = yaml.text(one);
                int equals = text.indexOf('=');
                try {
                    ApiUrl url = ApiUrl.parse(text.substring(equals + 1));
                    urls.add(url);
                    if (equals > 0) {
                        byMember.put(text.substring(0, equals), url);
                    }
                } catch (IllegalArgumentException wrong) {
                    throw yaml.at(one, Printable.message(wrong));
                }
            }
            return urls;
        }

        /** Returns a path; a relative one is relative to this file's directory. */
        private Path file(Node node) {
            String text = yaml.text(node);
            Path directory = yaml.path().toAbsolutePath().getParent();
            try {
                return directory == null ? Path.of(text) : directory.resolve(text);
            } catch (InvalidPathException none) {
                throw yaml.at(node, "config-file is no file's name");
            }
        }

        private Optional<String> optional(Map<String, Node> values, String key) {
            return Optional.ofNullable(values.get(key)).map(yaml::text);
        }
    }
}
