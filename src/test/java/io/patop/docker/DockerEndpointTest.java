package io.patop.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the engine is looked for, in the order of the {@code docker} command. */
class DockerEndpointTest {

    /** Of "swarm", as docker names the directory of a context. */
    private static final String SWARM = "44eb92b46360c22af3395633b6e3014a30afa97b02305b385c51d3feebceda9c";

    @TempDir
    private Path home;

    @Test
    void whatIsAskedForComesFirst() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2375\"}");

        assertThat(find(
                        Optional.of("unix:///asked.sock"),
                        Map.of("DOCKER_HOST", "unix:///host.sock", "DOCKER_CONTEXT", "swarm")))
                .isEqualTo(unix("/asked.sock"));
    }

    @Test
    void dockerHostComesBeforeContexts() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2375\"}");

        assertThat(find(Map.of("DOCKER_HOST", "unix:///host.sock", "DOCKER_CONTEXT", "swarm")))
                .isEqualTo(unix("/host.sock"));
    }

    @Test
    void dockerContextComesBeforeTheConfiguredOne() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2375\"}");
        configure("{\"currentContext\":\"other\"}");

        assertThat(find(Map.of("DOCKER_CONTEXT", "swarm"))).isEqualTo(plain("context", 2375));
    }

    @Test
    void theConfiguredContextComesBeforeTheUsualSocket() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2375\"}");
        configure("{\"currentContext\":\"swarm\",\"auths\":{}}");

        assertThat(find(Map.of())).isEqualTo(plain("context", 2375));
    }

    @Test
    void theDirectoryOfTheConfigurationMayBeElsewhere() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2375\"}");
        configure("{\"currentContext\":\"swarm\"}");

        assertThat(DockerEndpoint.find(
                        Optional.empty(),
                        Map.of("DOCKER_CONFIG", home.resolve(".docker").toString()),
                        Path.of("/nobody")))
                .isEqualTo(plain("context", 2375));
    }

    @Test
    void theDefaultContextIsTheUsualSocket() throws IOException {
        configure("{\"currentContext\":\"swarm\"}");

        assertThat(find(Map.of("DOCKER_CONTEXT", "default"))).isEqualTo(new DockerEndpoint.Unix(usual()));
    }

    @Test
    void withoutAnythingItIsTheUsualSocket() {
        assertThat(find(Map.of())).isEqualTo(new DockerEndpoint.Unix(usual()));
    }

    @Test
    void whereTheUsualSocketIsNotARootlessOneIsTaken() throws IOException {
        Path rootless = Files.createFile(home.resolve("docker.sock"));
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", home.toString());

        assertThat(find(environment)).isEqualTo(new DockerEndpoint.Unix(rootless));

        Files.createFile(usual());
        assertThat(find(environment)).isEqualTo(new DockerEndpoint.Unix(usual()));
    }

    @Test
    void aContextBringsItsCertificates() throws IOException {
        Path meta = context("swarm", "{\"Host\":\"tcp://context:2376\"}");
        Path tls = home.resolve(".docker/contexts/tls")
                .resolve(meta.getParent().getFileName())
                .resolve("docker");
        Files.createDirectories(tls);

        assertThat(find(Map.of("DOCKER_CONTEXT", "swarm")))
                .isEqualTo(tls("context", 2376, new DockerEndpoint.Tls(Optional.of(tls), true)));
    }

    @Test
    void aContextMaySkipTheCheckOfTheEnginesCertificate() throws IOException {
        context("swarm", "{\"Host\":\"tcp://context:2376\",\"SkipTLSVerify\":true}");

        assertThat(find(Map.of("DOCKER_CONTEXT", "swarm")))
                .isEqualTo(tls("context", 2376, new DockerEndpoint.Tls(Optional.empty(), false)));
    }

    @Test
    void aContextThatIsNotThereIsOneLine() {
        assertThatThrownBy(() -> find(Map.of("DOCKER_CONTEXT", "no\nsuch")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no Docker context \"no such\" in " + home.resolve(".docker")
                        + ": see docker context ls, or say --docker-host");
    }

    @Test
    void aBrokenConfigurationIsOneLine() throws IOException {
        configure("{\"currentContext\":");

        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot read " + home.resolve(".docker/config.json") + ":")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void tlsIsAskedForByVariables() {
        Map<String, String> host = Map.of("DOCKER_HOST", "tcp://node1");

        assertThat(find(host)).isEqualTo(plain("node1", 2375));
        assertThat(find(and(host, "DOCKER_CERT_PATH", "/certs"))).isEqualTo(plain("node1", 2375));
        assertThat(find(and(host, "DOCKER_TLS_VERIFY", "1")))
                .isEqualTo(tls("node1", 2376, new DockerEndpoint.Tls(Optional.of(home.resolve(".docker")), true)));
        assertThat(find(and(and(host, "DOCKER_TLS_VERIFY", "1"), "DOCKER_CERT_PATH", "/certs")))
                .isEqualTo(tls("node1", 2376, new DockerEndpoint.Tls(Optional.of(Path.of("/certs")), true)));
        assertThat(find(and(and(host, "DOCKER_TLS", "1"), "DOCKER_CERT_PATH", "/certs")))
                .isEqualTo(tls("node1", 2376, new DockerEndpoint.Tls(Optional.of(Path.of("/certs")), false)));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://node1:2375, tcp://node1:2375",
        "node1:2375, tcp://node1:2375",
        "node1, tcp://node1:2375",
        "tcp://node_1:2375/, tcp://node_1:2375",
        "http://10.0.0.1, tcp://10.0.0.1:2375",
        "https://node1, tcp://node1:2376",
        "TCP://[::1]:1, tcp://[::1]:1",
        "unix:///a/b.sock, unix:///a/b.sock",
        "ssh://me@node1, ssh://me@node1",
        "ssh://node1/, ssh://node1",
        "ssh://me@[::1]:2222, ssh://me@[::1]:2222",
        "ssh://root@node1:22/run/podman/podman.sock, ssh://root@node1:22/run/podman/podman.sock"
    })
    void hostsAreReadAsDockerReadsThem(String text, String words) {
        assertThat(DockerEndpoint.parse(text, Optional.empty()).text()).isEqualTo(words);
    }

    @Test
    void httpsIsCheckedAgainstJavasOwnAuthorities() {
        assertThat(DockerEndpoint.parse("https://node1", Optional.empty()))
                .isEqualTo(tls("node1", 2376, new DockerEndpoint.Tls(Optional.empty(), true)));
    }

    @ParameterizedTest
    @CsvSource({
        "unix://docker.sock, begins with a slash",
        "/var/run/docker.sock, for a socket say unix:///PATH",
        "tcp://node1:0, a port is 1 to 65535",
        "tcp://node1:70000, a port is 1 to 65535",
        "tcp://node1:docker, say tcp://HOST:PORT",
        "tcp://, say tcp://HOST:PORT",
        "tcp://node1/path, say tcp://HOST:PORT",
        "npipe:////./pipe/docker, say unix:///PATH",
        "ssh://, say ssh://USER@HOST",
        "ssh://-oProxyCommand=x, say ssh://USER@HOST",
        "ssh://me@-x, say ssh://USER@HOST",
        "ssh://node1;reboot, say ssh://USER@HOST",
        "ssh://node1/a:b, say ssh://USER@HOST"
    })
    void whatIsNoHostIsOneLineThatSaysWhatToSay(String text, String words) {
        assertThatThrownBy(() -> DockerEndpoint.parse(text, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a Docker host: ")
                .hasMessageContaining(words);
    }

    @Test
    void aPasswordInAHostIsNotRepeated() {
        assertThatThrownBy(() -> DockerEndpoint.parse("tcp://me:secret@node1:2375", Optional.empty()))
                .hasMessage("not a Docker host: …@node1:2375: say tcp://HOST:PORT");
    }

    private DockerEndpoint find(Map<String, String> environment) {
        return find(Optional.empty(), environment);
    }

    private DockerEndpoint find(Optional<String> asked, Map<String, String> environment) {
        return DockerEndpoint.find(asked, environment, home, usual());
    }

    private Path usual() {
        return home.resolve("usual.sock");
    }

    private static DockerEndpoint unix(String path) {
        return new DockerEndpoint.Unix(Path.of(path));
    }

    private static DockerEndpoint plain(String host, int port) {
        return new DockerEndpoint.Tcp(host, port, Optional.empty());
    }

    private static DockerEndpoint tls(String host, int port, DockerEndpoint.Tls tls) {
        return new DockerEndpoint.Tcp(host, port, Optional.of(tls));
    }

    private static Map<String, String> and(Map<String, String> all, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(all);
        more.put(name, value);
        return more;
    }

    private void configure(String json) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), json);
    }

    /** A context as docker stores it. */
    private Path context(String name, String docker) throws IOException {
        assertThat(name).isEqualTo("swarm");
        Path meta = home.resolve(".docker/contexts/meta").resolve(SWARM).resolve("meta.json");
        Files.createDirectories(meta.getParent());
        return Files.writeString(
                meta, "{\"Name\":\"swarm\",\"Metadata\":{},\"Endpoints\":{\"docker\":" + docker + "}}");
    }
}
