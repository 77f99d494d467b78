package io.patop.command.configuration;

import io.patop.control.place.CommandTemplate;
import io.patop.control.place.MemberPlace;
import io.patop.control.place.OwnCommands;
import io.patop.control.place.SystemdOverSsh;
import io.patop.text.Printable;
import io.patop.watch.model.Action.MemberOperation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private static final Set<String> MEANS = Set.of(COMMANDS, SYSTEMD);

    MemberPlace place(Node node) {
        Map<String, Node> means = yaml.values(
                yaml.mapping(node, "break"),
                MEANS,
                "members are broken by "
                        + String.join(", ", MEANS.stream().sorted().toList()));
        if (means.size() != 1) {
            throw yaml.at(
                    node,
                    "break names one of "
                            + String.join(", ", MEANS.stream().sorted().toList()));
        }
        String name = means.keySet().iterator().next();
        MappingNode section = yaml.mapping(means.get(name), name);
        return name.equals(SYSTEMD) ? systemd(section) : commands(section);
    }

    private MemberPlace systemd(MappingNode section) {
        Map<String, Node> values =
                yaml.values(section, Set.of("ssh", "unit", "sudo"), "systemd has ssh, unit and sudo");
        if (!values.containsKey("ssh")) {
            throw yaml.at(section, "systemd has ssh: USER@{host}");
        }
        String destination = yaml.text(values.get("ssh"));
        Node sudo = values.get("sudo");
        try {
            return new SystemdOverSsh(
                    destination,
                    values.containsKey("unit") ? yaml.text(values.get("unit")) : "patroni",
                    sudo == null ? !destination.startsWith("root@") : yaml.truth(sudo, "sudo"));
        } catch (IllegalArgumentException wrong) {
            throw yaml.at(section, Printable.message(wrong));
        }
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
