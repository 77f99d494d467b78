package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Force;
import io.patop.command.shell.ReadOnly;
import io.patop.command.shell.Version;
import io.patop.command.shell.YamlText;
import io.patop.patroni.CommandReply;
import io.patop.screen.terminal.ColorDepth;
import io.patop.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patop edit-config}: changes the dynamic configuration after its difference was shown. */
@Command(
        name = "edit-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Change the cluster's dynamic configuration, in an editor or by options.")
public final class EditConfigCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Mixin
    private Connection connection;

    @Mixin
    private ClusterNames names;

    @Mixin
    private ReadOnly readOnly;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show the changes.")
    private boolean quiet;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Set a value; null removes it. Repeatable.")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = {"-p", "--pg"},
            paramLabel = "KEY=VALUE",
            description = "Set a parameter of PostgreSQL: short for -s postgresql.parameters.KEY=VALUE. Repeatable.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--apply", paramLabel = "FILE", description = "Merge this file; - is standard input.")
    private Optional<String> apply;

    @Option(names = "--replace", paramLabel = "FILE", description = "Replace all by this file; - is standard input.")
    private Optional<String> replace;

    @Mixin
    private Force force;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        readOnly.check();
        CommandContext context = CommandContext.of(connection, command, names.given());
        ClusterSnapshot snapshot = context.cluster().survey();
        names.check(snapshot.name());
        Map<String, Object> before = context.cluster().config().tree();
        Map<String, Object> after = after(context, snapshot, before);
        if (ConfigPatch.sameValue(before, after)) {
            if (!quiet) {
                context.say("Not changed");
            }
            return ExitCode.DONE;
        }
        if (!quiet) {
            show(context, before, after);
        }
        ConfigDoubts.of(after, snapshot.listed().patroni()).forEach(context::warn);
        if (!force.isGiven() && isFromStandardInput()) {
            context.say("Use --force option to apply changes");
            return ExitCode.DONE;
        }
        if (!force.isGiven() && !context.prompts().confirm("Apply these changes?")) {
            throw new CommandFailure(ExitCode.FAILED, "nothing was changed");
        }
        return write(context, snapshot, before, after);
    }

    private Map<String, Object> after(CommandContext context, ClusterSnapshot snapshot, Map<String, Object> before)
            throws InterruptedException {
        List<String> all = Stream.concat(
                        pairs.stream(), parameters.stream().map(pair -> "postgresql.parameters." + pair.strip()))
                .toList();
        if (replace.isEmpty() && apply.isEmpty() && all.isEmpty()) {
            return edited(context, snapshot, before);
        }
        Map<String, Object> after = replace.isPresent() ? file(context, replace.get()) : before;
        if (apply.isPresent()) {
            after = ConfigPatch.merged(after, file(context, apply.get()));
        }
        return ConfigPatch.with(after, all);
    }

    private static Map<String, Object> edited(
            CommandContext context, ClusterSnapshot snapshot, Map<String, Object> before) throws InterruptedException {
        Editor.Edited edited = new Editor(context.environment()).edit(YamlText.block(before), snapshot.name());
        try {
            Map<String, Object> after =
                    YamlValue.mapping(edited.text(), edited.file().toString());
            edited.drop();
            return after;
        } catch (CommandFailure malformed) {
            throw new CommandFailure(
                    malformed.exitCode(), malformed.getMessage() + "; the text is kept there, nothing was changed");
        }
    }

    private static Map<String, Object> file(CommandContext context, String name) {
        try {
            String yaml = name.equals(STANDARD_INPUT)
                    ? new String(context.environment().input().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(name));
            return YamlValue.mapping(yaml, name.equals(STANDARD_INPUT) ? "standard input" : name);
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, name + " cannot be read: " + unreadable.getMessage());
        }
    }

    private boolean isFromStandardInput() {
        return apply.filter(STANDARD_INPUT::equals).isPresent()
                || replace.filter(STANDARD_INPUT::equals).isPresent();
    }

    private static void show(CommandContext context, Map<String, Object> before, Map<String, Object> after) {
        boolean colored = context.environment().onTerminal()
                && ColorDepth.of(context.environment().variables()) != ColorDepth.NONE;
        for (String line : UnifiedDiff.of(YamlText.block(before), YamlText.block(after))) {
            String shown = Printable.line(line);
            context.say(colored ? colored(shown) : shown);
        }
    }

    private static String colored(String line) {
        String color =
                switch (line.charAt(0)) {
                    case '+' -> "\u001b[32m";
                    case '-' -> "\u001b[31m";
                    case '@' -> "\u001b[36m";
                    default -> "";
                };
        return color.isEmpty() ? line : color + line + "\u001b[0m";
    }

    /**
     * Sends only what differs, so that another person's change to something else stays; a replacement is sent as a
     * whole. Patroni's API has no lock, so a change since the configuration was shown is seen only by reading it
     * again.
     */
    private int write(
            CommandContext context, ClusterSnapshot snapshot, Map<String, Object> before, Map<String, Object> after) {
        if (!ConfigPatch.sameValue(before, context.cluster().config().tree())) {
            throw CommandFailure.ofPatronictl("Config modification aborted due to concurrent changes");
        }
        CommandReply reply = context.tellAny(
                snapshot,
                url -> replace.isPresent()
                        ? context.commands().putConfig(url, after)
                        : context.commands().patchConfig(url, ConfigPatch.between(before, after)));
        if (!reply.isAccepted()) {
            throw new CommandFailure(ExitCode.FAILED, "the configuration was not changed: " + reply.describe());
        }
        context.say("Configuration changed");
        return ExitCode.DONE;
    }
}
