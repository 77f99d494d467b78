package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatroniConfigurationTest {

    private static final String SERVER =
            """
            scope: demo
            namespace: /service/
            name: node1
            restapi:
              listen: 0.0.0.0:8091
              connect_address: patroni_patroni1:8091
              authentication:
                username: admin
                password: s3cret
              cafile: /etc/ssl/ca.pem
            etcd3:
              hosts: [etcd:2379]
            """;

    @TempDir
    Path directory;

    private Path home;
    private Path etc;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeDirectories() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        etc = Files.createDirectories(directory.resolve("etc/patroni")).getParent();
    }

    @Test
    void readsAServersFile() throws Exception {
        PatroniConfiguration read = read(file("patroni.yml", SERVER));
        assertThat(read.scope()).contains("demo");
        assertThat(read.namespace()).contains("/service/");
        assertThat(read.restApis()).hasToString("[http://patroni_patroni1:8091, http://127.0.0.1:8091]");
        assertThat(read.access().credentials()).contains(new Credentials("admin", new Secret("s3cret")));
        assertThat(read.access().tls().cacert()).contains(Path.of("/etc/ssl/ca.pem"));
        assertThat(read.access().tls().client()).isEmpty();
        assertThat(read.access().tls().insecure()).isFalse();
    }

    @Test
    void neverShowsASecret() throws Exception {
        PatroniConfiguration read = read(
                file(
                        "patroni.yml",
                        SERVER
                                + """
                ctl:
                  certfile: /c.pem
                  keyfile_password: s3cret2
                """));
        assertThat(read.access().tls().client().orElseThrow().keyPassword()).contains(new Secret("s3cret2"));
        assertThat(read.toString()).contains("admin").doesNotContain("s3cret");
    }

    @Test
    void prefersTheSectionCtl() throws Exception {
        PatroniConfiguration read = read(
                file(
                        "patronictl.yaml",
                        SERVER
                                + """
                ctl:
                  insecure: on
                  cacert: /ctl/ca.pem
                  certfile: /ctl/cert.pem
                  keyfile: /ctl/key.pem
                  authentication: {username: operator, password: 12345}
                """));
        assertThat(read.access().credentials()).contains(new Credentials("operator", new Secret("12345")));
        assertThat(read.access().tls())
                .isEqualTo(new Tls(
                        true,
                        Optional.of(Path.of("/ctl/ca.pem")),
                        Optional.of(new Tls.ClientCertificate(
                                Path.of("/ctl/cert.pem"), Optional.of(Path.of("/ctl/key.pem")), Optional.empty()))));
    }

    @Test
    void showsANodesOwnCertificateOnlyWhereOneIsAskedFor() throws Exception {
        String own = SERVER.replace("  cafile:", "  certfile: /node.pem\n  keyfile: /node.key\n  cafile:");
        assertThat(read(file("a.yml", own)).access().tls().client()).isEmpty();
        assertThat(read(file("b.yml", own.replace("  cafile:", "  verify_client: required\n  cafile:")))
                        .access()
                        .tls()
                        .client()
                        .orElseThrow())
                .isEqualTo(new Tls.ClientCertificate(
                        Path.of("/node.pem"), Optional.of(Path.of("/node.key")), Optional.empty()));
    }

    @Test
    void readsThePairOfOldConfigurations() throws Exception {
        assertThat(read(file("a.yml", "ctl:\n  auth: admin:s3:cret\n")).access().credentials())
                .contains(new Credentials("admin", new Secret("s3:cret")));
    }

    @Test
    void putsTheEnvironmentBeforeTheFile() throws Exception {
        environment.putAll(Map.of(
                "PATRONI_SCOPE", "other",
                "PATRONI_RESTAPI_CONNECT_ADDRESS", "10.0.0.5:8008",
                "PATRONI_RESTAPI_USERNAME", "env",
                "PATRONI_RESTAPI_PASSWORD", "e",
                "PATRONI_CTL_INSECURE", "yes",
                "PATRONI_NAMESPACE", ""));
        PatroniConfiguration read = read(file("patroni.yml", SERVER));
        assertThat(read.scope()).contains("other");
        assertThat(read.namespace()).contains("/service/");
        assertThat(read.restApis()).hasToString("[http://10.0.0.5:8008, http://127.0.0.1:8091]");
        assertThat(read.access().credentials()).contains(new Credentials("env", new Secret("e")));
        assertThat(read.access().tls().insecure()).isTrue();
        environment.putAll(Map.of("PATRONI_CTL_USERNAME", "ctl", "PATRONI_CTL_PASSWORD", "c"));
        assertThat(read(file("patroni.yml", SERVER)).access().credentials())
                .contains(new Credentials("ctl", new Secret("c")));
    }

    @Test
    void worksWithTheEnvironmentAlone() throws Exception {
        environment.put("PATRONI_RESTAPI_LISTEN", "[::]:8008");
        PatroniConfiguration read = PatroniConfiguration.read(Optional.empty(), files());
        assertThat(read.file()).isEmpty();
        assertThat(read.restApis()).hasToString("[http://[::1]:8008]");
        assertThat(read.access()).isEqualTo(Access.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8008, http://127.0.0.1:8008",
        "'*:8008', http://127.0.0.1:8008",
        "':::8008', http://[::1]:8008",
        "127.0.0.1:8008, http://127.0.0.1:8008",
    })
    void findsAListeningNodeFromHere(String listen, String url) throws Exception {
        assertThat(read(file("p.yml", "restapi: {listen: '" + listen + "'}")).restApis())
                .hasToString("[" + url + "]");
    }

    @Test
    void asksOverTlsWhereTheServerHasACertificate() throws Exception {
        assertThat(read(file("p.yml", "restapi: {listen: 'node1:8008', certfile: /c.pem}"))
                        .restApis())
                .hasToString("[https://node1:8008]");
    }

    @Test
    void takesPatronictlsOrderOfFiles() throws Exception {
        Path any = write(etc.resolve("patroni/15-main.yml"), "scope: any");
        assertThat(chosen()).contains(any);
        Path patroni = write(etc.resolve("patroni/patroni.yml"), "scope: patroni");
        assertThat(chosen()).contains(patroni);
        Path plain = write(etc.resolve("patroni.yml"), "scope: plain");
        assertThat(chosen()).contains(plain);
        Path own = write(home.resolve(".config/patroni/patronictl.yaml"), "scope: own");
        assertThat(chosen()).contains(own);
        Path xdg = write(directory.resolve("xdg/patroni/patronictl.yaml"), "scope: xdg");
        environment.put("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
        assertThat(chosen()).contains(xdg);
        Path variable = write(directory.resolve("variable.yml"), "scope: variable");
        environment.put("PATRONICTL_CONFIG_FILE", variable.toString());
        assertThat(chosen()).contains(variable);
        assertThat(read(own).file()).contains(own);
    }

    @Test
    void refusesAFileThatWasNamedAndIsNotThere() {
        Path missing = directory.resolve("missing.yml");
        assertThatThrownBy(() -> read(missing))
                .isInstanceOf(ConfigurationMistake.class)
                .hasMessage(missing + " cannot be read: there is no such file");
        environment.put("PATRONICTL_CONFIG_FILE", missing.toString());
        assertThatThrownBy(() -> PatroniConfiguration.read(Optional.empty(), files()))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> read(directory)).isInstanceOf(ConfigurationMistake.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'scope: a\nrestapi: [1, 2]' | line 2: restapi is no section",
                "'scope: a\nctl:\n  insecure: maybe' | line 3: ctl.insecure is neither true nor false",
                "'scope: {a: b}' | line 1: scope is no single value",
                "'ctl:\n  authentication:\n    username: u\n    password: [s3cret]' | line 4: ctl.authentication.password is no",
                "'ctl: s3cret' | line 1: ctl is no section",
                "'scope: a\n\tb: c' | line 2: not YAML",
                "'scope: \"open' | line 1: not YAML",
                "'a: *s3cret' | line 1: not YAML: found undefined alias",
                "'a: !s3cret!b c' | line 1: not YAML: found undefined tag handle",
                "'a: !!python/s3cret b' | line 1: not YAML: Global tag is not allowed",
                "'--- a\n--- b' | line 2: not YAML",
                "'hello' | line 1: not a configuration of Patroni",
                "'- 1' | line 1: not a configuration of Patroni",
                "'restapi: {connect_address: \":8008\"}' | restapi.connect_address: not HOST:PORT",
                "'restapi: {listen: \"s3cret and more\"}' | restapi.listen: not HOST:PORT",
                "'ctl: {authentication: {username: \"a:b\", password: s3cret}}' | has no colon",
            })
    void pointsAtAMistakeInOneLineWithoutItsValue(String yaml, String words) throws Exception {
        Path file = file("p.yml", yaml);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ConfigurationMistake.class)
                .hasMessageContaining(words)
                .hasMessageNotContainingAny("\n", "s3cret");
    }

    @Test
    void readsAnEmptyFileAsNothing() throws Exception {
        for (String empty : List.of("", "\n# only a comment\n", "scope:\nctl: ~\n")) {
            PatroniConfiguration read = read(file("p.yml", empty));
            assertThat(read.scope()).isEmpty();
            assertThat(read.access()).isEqualTo(Access.OPEN);
        }
    }

    @Test
    void followsAliasesAndMergedSections() throws Exception {
        assertThat(read(file(
                                "p.yml",
                                """
                        common: &common {cacert: /ca.pem, insecure: false}
                        ctl:
                          <<: *common
                          insecure: true
                        """))
                        .access()
                        .tls())
                .isEqualTo(new Tls(true, Optional.of(Path.of("/ca.pem")), Optional.empty()));
    }

    @Test
    void refusesABombAndATagThatConstructs() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 40; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d]%n".formatted(level, level - 1));
        }
        Path aliases = file("bomb.yml", bomb + "scope: a");
        assertThatThrownBy(() -> read(aliases)).isInstanceOf(ConfigurationMistake.class);
        assertThat(read(file("self.yml", "a: &a {<<: *a}\nctl: &c {<<: *c}\nscope: alive"))
                        .scope())
                .contains("alive");
        Path constructing = file("tag.yml", "x: !!java.net.URL ['http://127.0.0.1:1']");
        assertThatThrownBy(() -> read(constructing)).isInstanceOf(ConfigurationMistake.class);
        Path deep = file("deep.yml", "[".repeat(10_000));
        assertThatThrownBy(() -> read(deep)).isInstanceOf(ConfigurationMistake.class);
        Path large = file("large.yml", "scope: " + "a".repeat(2 << 20));
        assertThatThrownBy(() -> read(large)).hasMessageContaining("longer than 1 MiB");
    }

    private ConfigurationFiles files() {
        return new ConfigurationFiles(environment, home, etc);
    }

    private Optional<Path> chosen() throws ConfigurationMistake {
        return PatroniConfiguration.read(Optional.empty(), files()).file();
    }

    private PatroniConfiguration read(Path named) throws ConfigurationMistake {
        return PatroniConfiguration.read(Optional.of(named), files());
    }

    private Path file(String name, String content) throws IOException {
        return write(directory.resolve(name), content);
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
