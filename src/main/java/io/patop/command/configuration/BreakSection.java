package io.patop.command.configuration;

import io.patop.control.place.CommandTemplate;
import io.patop.control.place.KubernetesPods;
import io.patop.control.place.MemberPlace;
import io.patop.control.place.OwnCommands;
import io.patop.control.place.SystemdOverSsh;
import io.patop.text.Printable;
import io.patop.watch.model.Action.MemberOperation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The part {@code break} of a cluster's entry: by which means its members are stopped, started and broken.
 *
 * @param yaml the file
 */
record BreakSection(PlacedYaml yaml) {

    private static final String COMMANDS = "commands";
    private static final String SYSTEMD = "systemd";
    private static final String KUBERNETES = "kubernetes";
    private static final String DOCKER = "docker";
    private static final String PODMAN = "podman";
    private static final List<String> ALL = List.of(COMMANDS, DOCKER, KUBERNETES, PODMAN, SYSTEMD);

    /**
     * What the part says.
     *
     * @param place by which programs members are broken; empty where an engine does it
     * @param dockerHost the engine that runs the members; empty where programs do it
     */
    record Means(Optional<MemberPlace> place, Optional<String> dockerHost) {}

    Means means(Node node) {
        Map<String, Node> means = yaml.values(
                yaml.mapping(node, "break"), Set.copyOf(ALL), "members are broken by " + String.join(", ", ALL));
        if (means.size() != 1) {
            throw yaml.at(node, "break names one of " + String.join(", ", ALL));
        }
        Map.Entry<String, Node> one = means.entrySet().iterator().next();
        return switch (one.getKey()) {
            case DOCKER, PODMAN -> new Means(Optional.empty(), Optional.of(yaml.text(one.getValue())));
            case SYSTEMD -> programs(systemd(yaml.mapping(one.getValue(), SYSTEMD)));
            case KUBERNETES -> programs(kubernetes(yaml.mapping(one.getValue(), KUBERNETES)));
            default -> programs(commands(yaml.mapping(one.getValue(), COMMANDS)));
        };
    }

    private static Means programs(MemberPlace place) {
        return new Means(Optional.of(place), Optional.empty());
    }

    private MemberPlace systemd(MappingNode section) {
        Map<String, Node> values =
                yaml.values(section, Set.of("ssh", "unit", "sudo"), "systemd has ssh, unit and sudo");
        Node ssh = values.get("ssh");
        Node unit = values.get("unit");
        Node sudo = values.get("sudo");
        if (ssh == null) {
            throw yaml.at(section, "systemd has ssh: USER@{host}");
        }
        String destination = yaml.text(ssh);
        try {
            return new SystemdOverSsh(
                    destination,
                    unit == null ? "patroni" : yaml.text(unit),
                    sudo == null ? !destination.startsWith("root@") : yaml.truth(sudo, "sudo"));
        } catch (IllegalArgumentException wrong) {
            throw yaml.at(section, Printable.message(wrong));
        }
    }

    private MemberPlace kubernetes(MappingNode section) {
        Map<String, Node> values = yaml.values(
                section,
                Set.of("namespace", "labels", "container", "context", "program"),
                "kubernetes has namespace, labels, container, context and program");
        Node namespace = values.get("namespace");
        Node labels = values.get("labels");
        if (namespace == null || labels == null) {
            throw yaml.at(section, "kubernetes has namespace: NAME and labels: KEY=VALUE,...");
        }
        try {
            return new KubernetesPods(
                    yaml.text(namespace),
                    yaml.text(labels),
                    optional(values, "container").orElse("postgres"),
                    optional(values, "context"),
                    optional(values, "program").orElse("kubectl"));
        } catch (IllegalArgumentException wrong) {
            throw yaml.at(section, Printable.message(wrong));
        }
    }

    private Optional<String> optional(Map<String, Node> values, String key) {
        return Optional.ofNullable(values.get(key)).map(yaml::text);
    }

    private MemberPlace commands(MappingNode section) {
        Set<String> words = Arrays.stream(MemberOperation.values())
                .map(MemberOperation::word)
                .collect(Collectors.toSet());
        Map<MemberOperation, CommandTemplate> commands = new EnumMap<>(MemberOperation.class);
        yaml.values(
                        section,
                        words,
                        "commands are "
                                + String.join(", ", words.stream().sorted().toList()))
                .forEach(
                        (word, node) -> commands.put(MemberOperation.named(word).orElseThrow(), command(word, node)));
        try {
            return new OwnCommands(commands);
        } catch (IllegalArgumentException incomplete) {
            throw yaml.at(section, Printable.message(incomplete));
        }
    }

    private CommandTemplate command(String word, Node node) {
        if (!(node instanceof SequenceNode)) {
            throw yaml.at(node, word + " is a list, [PROGRAM, ARGUMENT, ...]: no shell takes a line apart");
        }
        List<String> words = yaml.list(node).stream().map(yaml::text).toList();
        try {
            return new CommandTemplate(words);
        } catch (IllegalArgumentException wrong) {
            throw yaml.at(node, Printable.message(wrong));
        }
    }
}
