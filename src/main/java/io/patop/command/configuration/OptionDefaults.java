package io.patop.command.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives options the values of the configuration file. An option on the command line goes before it, and so does the
 * option's environment variable.
 */
public final class OptionDefaults implements IDefaultValueProvider {

    /** Variables of other programs that say the same as an option. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "docker-host", List.of("DOCKER_HOST", "DOCKER_CONTEXT"), "config-file", List.of("PATRONICTL_CONFIG_FILE"));

    private final Supplier<ConfigurationFile> file;
    private final Map<String, String> environment;

    public OptionDefaults(Supplier<ConfigurationFile> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Returns the file's value; null, as picocli wants it, if the option is not in the file. */
    @Override
    @SuppressWarnings("NullAway") // null: no value, in picocli's words
    public String defaultValue(ArgSpec argument) {
        return setting(argument).map(ConfigurationFile.Setting::value).orElse(null);
    }

    /** Returns the setting in the file that an option has its value from; empty if it has it from elsewhere. */
    public Optional<ConfigurationFile.Setting> setting(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
            return Optional.empty();
        }
        String name = option.longestName().substring(2);
        if (!ConfigurationFile.OPTIONS.contains(name)
                || environment.containsKey(variable(name))
                || OTHERS.getOrDefault(name, List.of()).stream().anyMatch(environment::containsKey)) {
            return Optional.empty();
        }
        return Optional.ofNullable(file.get().options().get(name));
    }

    private static String variable(String name) {
        return "PATOP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
