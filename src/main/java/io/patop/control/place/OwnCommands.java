package io.patop.control.place;

import io.patop.watch.model.Action.MemberOperation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Members that are broken and mended by commands of the person's own.
 *
 * @param commands by what they do
 */
public record OwnCommands(Map<MemberOperation, CommandTemplate> commands) implements MemberPlace {

    public OwnCommands {
        commands = Map.copyOf(commands);
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("there is no command");
        }
        // What is broken must be mended by the same road, after patop was killed too.
        for (MemberOperation operation : new EnumMap<>(commands).keySet()) {
            if (!commands.containsKey(operation.mendedBy())) {
                throw new IllegalArgumentException(operation.word() + " needs the command "
                        + operation.mendedBy().word() + " beside it, which puts it right");
            }
        }
    }

    @Override
    public String means() {
        return "commands of the configuration file";
    }

    @Override
    public String where(PlacedMember member) {
        return member.host().filter(PlacedMember::isPlain).orElse("");
    }

    @Override
    public Optional<String> hindrance(MemberOperation operation, PlacedMember member) {
        CommandTemplate command = commands.get(operation);
        return command == null
                ? Optional.of("the configuration file has no command to " + operation.word() + " a member")
                : member.hindrance(command.needsHost());
    }

    @Override
    public List<String> command(MemberOperation operation, PlacedMember member) {
        return Optional.ofNullable(commands.get(operation)).orElseThrow().of(member);
    }
}
