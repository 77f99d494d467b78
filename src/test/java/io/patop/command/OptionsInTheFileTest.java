package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that the configuration file sets: the command line and the environment go before it. */
class OptionsInTheFileTest {

    @TempDir
    Path configuration;

    @Test
    void theFileGivesWhatNeitherArgumentsNorEnvironmentGive() throws IOException {
        file("options:\n  url: 127.0.0.1:1\n");
        assertThat(list(Map.of()).err()).contains("127.0.0.1:1");
        assertThat(list(Map.of("PATOP_URL", "127.0.0.1:2")).err()).doesNotContain("127.0.0.1:1");
        assertThat(list(Map.of(), "-u", "127.0.0.1:3").err())
                .contains("127.0.0.1:3")
                .doesNotContain("127.0.0.1:1");
    }

    @Test
    void readOnlyFromTheFileCounts() throws IOException {
        file("options:\n  read-only: true\n");
        Run run = run(Map.of(), "scale", "--force", "x=1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("read-only");
    }

    /** A variable of Docker's own goes before the file, as it goes before everything but an option. */
    @Test
    void dockersOwnVariableGoesBeforeTheFile() throws IOException {
        file("options:\n  docker-host: unix:///from-the-file.sock\n");
        assertThat(run(Map.of(), "services").err()).contains("/from-the-file.sock");
        assertThat(run(Map.of("DOCKER_HOST", "unix:///from-docker.sock"), "services")
                        .err())
                .doesNotContain("/from-the-file.sock");
    }

    @Test
    void aWrongValueIsToldWithItsPlace() throws IOException {
        file("options:\n  theme: dark\n  interval: often\n");
        Run run = run(Map.of(), "watch", "-u", "127.0.0.1:1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("patop: " + configuration.resolve("patop/config.yaml") + ", line 3: ")
                .contains("often")
                .hasLineCount(1);
    }

    /** Whatever has an environment variable may stand in the file, and nothing else, such as --force. */
    @Test
    void theFileKnowsTheOptionsThatHaveAVariable() throws IOException {
        file("options:\n  nonsense: 1\n");
        String mistake;
        try {
            mistake = run(Map.of(), "list").err();
        } catch (RuntimeException thrown) {
            mistake = thrown.getMessage();
        }
        Set<String> named =
                Set.of(mistake.replaceAll("(?s).*options are ", "").strip().split(", "));
        assertThat(new TreeSet<>(named)).isEqualTo(new TreeSet<>(documented()));
    }

    private static Set<String> documented() {
        String help = Run.of("--help").out() + Run.of("watch", "--help").out();
        return Pattern.compile("\\[PATOP_([A-Z_]+)[\\],]")
                .matcher(help)
                .results()
                .map((MatchResult found) ->
                        found.group(1).toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toSet());
    }

    private Run list(Map<String, String> variables, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = "list";
        System.arraycopy(more, 0, all, 1, more.length);
        return run(variables, all);
    }

    private Run run(Map<String, String> variables, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("XDG_CONFIG_HOME", configuration.toString());
        return Run.in(all, "", arguments);
    }

    private void file(String content) throws IOException {
        Files.createDirectories(configuration.resolve("patop"));
        Files.writeString(configuration.resolve("patop/config.yaml"), content);
    }
}
