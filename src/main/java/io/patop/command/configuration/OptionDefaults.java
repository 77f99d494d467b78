package io.patop.command.configuration;

import io.patop.patroni.ApiUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private final Supplier<Optional<FleetFile.Entry>> cluster;

    /**
     * Makes defaults.
     *
     * @param file what the configuration file says
     * @param environment the environment variables
     * @param cluster the cluster of the file that {@code --cluster} names
     */
    public OptionDefaults(
            Supplier<ConfigurationFile> file,
            Map<String, String> environment,
            Supplier<Optional<FleetFile.Entry>> cluster) {
        this.file = file;
        this.environment = environment;
        this.cluster = cluster;
    }

    /** Returns the file's value; null, as picocli wants it, if the option is not in the file. */
    @Override
    @SuppressWarnings("NullAway") // null: no value, in picocli's words
    public String defaultValue(ArgSpec argument) {
        return ofCluster(argument)
                .or(() -> setting(argument).map(ConfigurationFile.Setting::value))
                .orElse(null);
    }

    /**
     * Returns what the named cluster's entry says. What it does not say of the way to the cluster is nothing, since a
     * variable or the file's own options may be meant for another cluster.
     */
    private Optional<String> ofCluster(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return Optional.empty();
        }
        return switch (option.longestName()) {
            case "--url" -> cluster.get().map(OptionDefaults::urls);
            case "--config-file" ->
                cluster.get().flatMap(FleetFile.Entry::configFile).map(Path::toString);
            case "--docker-host" -> cluster.get().flatMap(FleetFile.Entry::dockerHost);
            case "--dsn" -> cluster.get().map(entry -> entry.dsn().orElse(""));
            case "--read-only" ->
                cluster.get().filter(FleetFile.Entry::readOnly).map(entry -> "true");
            default -> Optional.empty();
        };
    }

    private static String urls(FleetFile.Entry entry) {
        Map<ApiUrl, String> names = new HashMap<>();
        entry.byMember().forEach((name, url) -> names.put(url, name + "="));
        return entry.urls().stream()
                .map(url -> names.getOrDefault(url, "") + url)
                .collect(Collectors.joining(","));
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
