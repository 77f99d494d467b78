package io.patop.command.configuration;

import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.KeyBindings;
import io.patop.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * patop's own configuration file. All of it may be left out; the clusters are read by {@link FleetFile}.
 *
 * <pre>{@code
 * options:            # options that have an environment variable, by their long names; both go before the file
 *   theme: light
 *   interval: 2
 * keys:               # other keys for what the help lists, by its name there
 *   kill-leader: X
 *   hold: [p, Ctrl-p]
 * colors:             # a name, a number from 0 to 255, or #rrggbb
 *   leader: "#00afff"
 * clusters: []        # for patop fleet
 * }</pre>
 *
 * @param options the options by their long names without hyphens
 * @param keys which keys press what
 * @param colors the colours of inks that are not as the theme has them
 */
public record ConfigurationFile(Map<String, Setting> options, KeyBindings keys, Map<Ink, TextColor> colors) {

    /** A file in which nothing is said. */
    public static final ConfigurationFile EMPTY = new ConfigurationFile(Map.of(), KeyBindings.STANDARD, Map.of());

    /** The options that may stand there: those that an environment variable sets, too. */
    static final Set<String> OPTIONS = Set.of(
            "ascii",
            "bell",
            "color",
            "config-file",
            "docker-host",
            "dsn",
            "haproxy",
            "haproxy-cacert",
            "haproxy-insecure",
            "image",
            "interval",
            "network",
            "no-mouse",
            "notify",
            "on-event",
            "read-only",
            "theme",
            "url");

    private static final Set<String> SECTIONS = Set.of("clusters", "options", "keys", "colors");

    /**
     * The value of an option, with where it stands.
     *
     * @param value its text
     * @param place file and line
     */
    public record Setting(String value, String place) {}

    public ConfigurationFile {
        options = Map.copyOf(options);
        colors = Map.copyOf(colors);
    }

    /** Returns where the file is: {@code config.yaml} in patop's folder of the person's configuration. */
    public static Path standard(Map<String, String> environment, Path home) {
        return folder(environment, home).resolve("config.yaml");
    }

    static Path folder(Map<String, String> environment, Path home) {
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        return (configuration.isEmpty() ? home.resolve(".config") : Path.of(configuration)).resolve("patop");
    }

    /** Reads the file; if there is none, nothing is said in it. */
    public static ConfigurationFile readIfThere(Path path) {
        return Files.exists(path) ? read(path) : EMPTY;
    }

    static ConfigurationFile read(Path path) {
        PlacedYaml yaml = new PlacedYaml(path);
        String content = yaml.content("");
        if (content.lines()
                .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return EMPTY;
        }
        Map<String, Node> sections = sections(yaml, yaml.top(content, ""));
        return new ConfigurationFile(
                section(yaml, sections, "options")
                        .map(node -> options(yaml, node))
                        .orElse(Map.of()),
                section(yaml, sections, "keys").map(node -> keys(yaml, node)).orElse(KeyBindings.STANDARD),
                section(yaml, sections, "colors")
                        .map(node -> colors(yaml, node))
                        .orElse(Map.of()));
    }

    /** Returns the sections of a file by their names. */
    static Map<String, Node> sections(PlacedYaml yaml, MappingNode top) {
        return yaml.values(top, SECTIONS, "at the top stand " + String.join(", ", new TreeSet<>(SECTIONS)));
    }

    private static Optional<MappingNode> section(PlacedYaml yaml, Map<String, Node> sections, String name) {
        return Optional.ofNullable(sections.get(name)).map(node -> yaml.mapping(node, name));
    }

    private static Map<String, Setting> options(PlacedYaml yaml, MappingNode section) {
        Map<String, Setting> options = new LinkedHashMap<>();
        yaml.values(section, OPTIONS, "options are " + String.join(", ", new TreeSet<>(OPTIONS)))
                .forEach((name, node) ->
                        options.put(name, new Setting(yaml.text(node), yaml.path() + ", line " + yaml.line(node))));
        return options;
    }

    private static KeyBindings keys(PlacedYaml yaml, MappingNode section) {
        Map<String, Key> known =
                Arrays.stream(Key.values()).collect(Collectors.toMap(ConfigurationFile::name, key -> key));
        Map<Key, List<KeyStroke>> bound = new EnumMap<>(Key.class);
        yaml.values(section, known.keySet(), "keys are " + String.join(", ", new TreeSet<>(known.keySet())))
                .forEach((name, node) -> bound.put(
                        known.get(name),
                        yaml.list(node).stream().map(one -> stroke(yaml, one)).toList()));
        try {
            return KeyBindings.of(bound);
        } catch (IllegalArgumentException clash) {
            throw yaml.at(section, Printable.message(clash));
        }
    }

    private static KeyStroke stroke(PlacedYaml yaml, Node node) {
        try {
            return KeyBindings.parse(yaml.text(node));
        } catch (IllegalArgumentException unknown) {
            throw yaml.at(node, Printable.message(unknown));
        }
    }

    private static Map<Ink, TextColor> colors(PlacedYaml yaml, MappingNode section) {
        Map<String, Ink> known =
                Arrays.stream(Ink.values()).collect(Collectors.toMap(ConfigurationFile::name, ink -> ink));
        Map<Ink, TextColor> colors = new EnumMap<>(Ink.class);
        yaml.values(section, known.keySet(), "colors are of " + String.join(", ", new TreeSet<>(known.keySet())))
                .forEach((name, node) -> colors.put(known.get(name), color(yaml, node)));
        return colors;
    }

    private static TextColor color(PlacedYaml yaml, Node node) {
        String text = yaml.text(node);
        try {
            return text.matches("\\d{1,3}")
                    ? new TextColor.Indexed(Integer.parseInt(text))
                    : TextColor.Factory.fromString(text.replace('-', '_'));
        } catch (IllegalArgumentException none) {
            throw yaml.at(node, "a color is a name such as green or bright-green... 0 to 255, or #rrggbb in quotes");
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
