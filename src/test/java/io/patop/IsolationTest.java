package io.patop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What the machine and its person have stays out of the tests: {@code src/test/isolated/bin/java}. */
class IsolationTest {

    private static final Path ISOLATED = Path.of("src/test/isolated/bin/java").toAbsolutePath();
    private static final Map<String, String> DECOYS = Map.of(
            "PATRONI_CTL_AUTHENTICATION_USERNAME", "decoy",
            "PATRONICTL_CONFIG_FILE", "/decoy",
            "PATOP_URL", "http://localhost:8008",
            "PGHOST", "decoy",
            "DOCKER_HOST", "tcp://decoy:1",
            "XDG_CONFIG_HOME", "/decoy",
            "NO_COLOR", "decoy",
            "EDITOR", "decoy");

    @TempDir
    Path home;

    @Test
    void nothingOfThePersonsEnvironmentIsLetThrough() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ISOLATED.toString()).redirectErrorStream(true);
        builder.environment().putAll(DECOYS);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("PATOP_TEST_WORLD");
        // In place of Java, a program that prints the environment it was started in.
        builder.environment().put("PATOP_TEST_JAVA", "env");

        assertThat(said(builder).lines())
                .noneMatch(line -> line.contains("decoy") || line.contains("8008") || line.contains(home.toString()))
                .noneMatch(line -> line.startsWith("DOCKER_") || line.startsWith("PG") || line.startsWith("XDG_"))
                .anyMatch(line -> line.startsWith("HOME=") && line.endsWith("/target/isolated"))
                .contains("PATOP_HAPROXY=none", "PATOP_DISCOVERY_HOSTS=none");
    }

    /** With an empty HOME, and no socket but the one that is named, it says so instead of finding the person's. */
    @Test
    void theProgramAsTestsStartItSeesNoDockerAndNoConfiguration() throws Exception {
        Path person = Files.createDirectories(home.resolve(".config/patop"));
        Files.writeString(person.resolve("config.yaml"), "clusters:\n  - {name: decoy, urls: [localhost:8008]}\n");
        ProcessBuilder services = PatopProcess.with(List.of(), List.of("services"));
        ProcessBuilder list = PatopProcess.with(List.of(), List.of("list"));
        ProcessBuilder fleet = PatopProcess.with(List.of(), List.of("fleet"));
        Stream.of(services, list, fleet).forEach(each -> {
            each.redirectErrorStream(true).environment().putAll(DECOYS);
            each.environment().put("HOME", home.toString());
        });

        assertThat(said(services)).contains("no Docker socket at", "target/isolated/no-docker.sock");
        assertThat(said(list))
                .startsWith("patop: no Patroni cluster found: say where with -u URL (tried: no Docker socket at ")
                .doesNotContain("localhost", "8008");
        assertThat(said(fleet)).contains("target/isolated/.config/patop/config.yaml does not exist");
    }

    /** As Maven runs them; elsewhere (an IDE) it is for the person to see to. */
    @Test
    @EnabledIfEnvironmentVariable(named = "HOME", matches = ".*/target/isolated")
    void theTestsThemselvesRunSo() {
        assertThat(System.getenv())
                .containsEntry("PATOP_HAPROXY", "none")
                .containsEntry("PATOP_DISCOVERY_HOSTS", "none")
                .doesNotContainKeys("DOCKER_HOST", "PGHOST", "PATOP_URL");
    }

    private static String said(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
