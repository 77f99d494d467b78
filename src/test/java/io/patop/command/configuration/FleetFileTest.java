package io.patop.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.command.shell.CommandFailure;
import io.patop.control.place.KubernetesPods;
import io.patop.control.place.MemberPlace;
import io.patop.control.place.PlacedMember;
import io.patop.watch.model.Action.MemberOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetFileTest {

    @TempDir
    Path directory;

    @Test
    void allThatAClusterCanHave() throws IOException {
        FleetFile fleet = read(
                """
                clusters:
                  - name: orders
                    urls: [10.0.0.1:8008, "b=https://10.0.0.2:8008"]
                    config-file: orders.yml
                    read-only: true
                    docker-host: tcp://10.0.0.9:2376
                    dsn: postgresql://app@10.0.0.9/app
                  - name: stock
                    urls: stock1
                """);

        assertThat(fleet.entries()).hasSize(2);
        FleetFile.Entry orders = fleet.entries().get(0);
        assertThat(orders.urls()).hasToString("[http://10.0.0.1:8008, https://10.0.0.2:8008]");
        assertThat(orders.byMember()).hasToString("{b=https://10.0.0.2:8008}");
        assertThat(orders.configFile()).contains(directory.resolve("orders.yml"));
        assertThat(orders.readOnly()).isTrue();
        assertThat(orders.dockerHost()).contains("tcp://10.0.0.9:2376");
        assertThat(orders.dsn()).contains("postgresql://app@10.0.0.9/app");
        assertThat(fleet.entries().get(1).readOnly()).isFalse();
    }

    @Test
    void anEngineOfItsOwnMayBreakIt() throws IOException {
        FleetFile fleet = read(
                """
                clusters:
                  a: {urls: x, break: {docker: 'ssh://admin@node1'}}
                  b: {urls: x, break: {podman: 'unix:///run/podman/podman.sock'}}
                """);

        assertThat(fleet.named("a").dockerHost()).contains("ssh://admin@node1");
        assertThat(fleet.named("a").place()).isEmpty();
        assertThat(fleet.named("b").dockerHost()).contains("unix:///run/podman/podman.sock");
    }

    @Test
    void kubectlMayBreakIt() throws IOException {
        FleetFile fleet = read(
                """
                clusters:
                  k8s: {urls: x, break: {kubernetes: {namespace: prod, labels: cluster-name=demo}}}
                  far:
                    urls: x
                    break:
                      kubernetes:
                        namespace: prod
                        labels: 'application=spilo,cluster-name=demo'
                        container: database
                        context: admin@prod
                        program: /usr/local/bin/oc
                """);

        assertThat(fleet.named("k8s").place())
                .contains(new KubernetesPods("prod", "cluster-name=demo", "postgres", Optional.empty(), "kubectl"));
        assertThat(fleet.named("far").place())
                .contains(new KubernetesPods(
                        "prod",
                        "application=spilo,cluster-name=demo",
                        "database",
                        Optional.of("admin@prod"),
                        "/usr/local/bin/oc"));
    }

    @Test
    void theNameMayStandBeforeACluster() throws IOException {
        FleetFile fleet = read(
                """
                clusters:
                  prod:
                    urls: [https://pg1:8008, https://pg2:8008]
                  lab:
                    urls: [http://10.0.0.1:8008]
                    break: {commands: {stop: [virsh, shutdown, '{name}'], start: [virsh, start, '{name}']}}
                """);

        assertThat(fleet.entries()).extracting(FleetFile.Entry::name).containsExactly("prod", "lab");
        assertThat(fleet.named("prod").place()).isEmpty();
        MemberPlace lab = fleet.named("lab").place().orElseThrow();
        assertThat(lab.command(MemberOperation.STOP, new PlacedMember("pg1", Optional.empty())))
                .containsExactly("virsh", "shutdown", "pg1");
        assertThatThrownBy(() -> fleet.named("test")).hasMessageContaining("names no cluster test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusters:\\n  a: {urls: x, break: {commands: {stop: [a]}}} | 2 | stop needs the command start beside it",
                "clusters:\\n  a: {urls: x, break: {commands: {stop: halt it}}} | 2 | stop is a list",
                "clusters:\\n  a: {urls: x, break: {commands: {start: []}}} | 2 | a command begins with a program",
                "clusters:\\n  a: {urls: x, break: {commands: {reboot: [a]}}} | 2 | unknown key reboot; commands are freeze",
                "clusters:\\n  a: {urls: x, break: {commands: {start: [a, '{ip}']}}} | 2 | {name} and {host} are known",
                "clusters:\\n  a: {urls: x, break: {systemd: {unit: patroni}}} | 2 | systemd has ssh",
                "clusters:\\n  a: {urls: x, break: {systemd: {ssh: -oProxyCommand}}} | 2 | ssh is USER@HOST",
                "clusters:\\n  a: {urls: x, break: {systemd: {ssh: a, sudo: perhaps}}} | 2 | sudo is true or false",
                "clusters:\\n  a: {urls: x, break: {systemd: {ssh: a}, commands: {start: [b]}}} | 2 | break names one of",
                "clusters:\\n  a: {urls: x, break: {kubernetes: {namespace: a}}} | 2 | kubernetes has namespace: NAME and labels",
                "clusters:\\n  a: {urls: x, break: {kubernetes: {namespace: a, pod: b}}} | 2 | unknown key pod; kubernetes has",
                "clusters:\\n  a: {urls: x, break: {kubernetes: {namespace: -A, labels: a=b}}} | 2 | namespace is a namespace",
                "clusters:\\n  a: {urls: x, break: {}} | 2 | break names one of",
                "clusters:\\n  a: {urls: x, break: {carrier-pigeon: x}} | 2 | unknown key carrier-pigeon",
                "clusters:\\n  a: {name: b, urls: x} | 2 | stands before it already",
                "clusters:\\n  a: {urls: x}\\n  a: {urls: y} | 3 | another cluster is called a",
                "clusters:\\n- name: a\\n  urls: x\\n  readonly: true | 4 | unknown key readonly",
                "clusters:\\n- urls: x | 2 | a cluster has a name",
                "clusters:\\n- name: a | 2 | a cluster has urls",
                "clusters:\\n- name: a\\n  urls: []| 3 | urls is empty",
                "clusters:\\n- name: a\\n  urls: [ftp://x]| 3 | only http and https",
                "clusters:\\n- name: a\\n  urls: x\\n- name: a\\n  urls: y | 4 | another cluster is called a",
                "clusters:\\n- name: a\\n  urls: x\\n  read-only: perhaps | 4 | read-only is true or false",
                "clusters:\\n- name: a\\n  name: b\\n  urls: x | 3 | name stands there twice",
                "clusters:\\n- name:\\n  urls: x | 2 | a text is missing",
                "clusters: none | 1 | clusters is a list",
                "cluster:\\n- name: a | 1 | unknown key cluster",
                "clusters:\\n- a | 2 | a cluster has no KEY: VALUE lines",
                "clusters:\\n- name: [ | 2 | not YAML",
                "clusters: [] | 1 | it names no clusters",
                "'' | 1 | it names no clusters",
            })
    void aMistakeIsToldWithItsLine(String content, int line, String what) {
        assertThatThrownBy(() -> read(content.replace("\\n", "\n")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(directory.resolve("patop.yaml") + ", line " + line + ": ")
                .hasMessageContaining(what);
    }

    /** A dsn may hold a password, so no mistake shows one. */
    @Test
    void aMistakeShowsNoSecret() {
        assertThatThrownBy(() -> read("clusters:\n- name: a\n  urls: x\n  dsn: {password: s3cret}\n"))
                .hasMessageContaining("line 4")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read("clusters:\n- name: a\n  urls: x\n  dsn: *s3cret\n"))
                .hasMessageContaining("line 4: not YAML")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theStandardPlaceIsThePersonsConfiguration() {
        assertThat(FleetFile.standard(Map.of(), Path.of("/home/x"))).hasToString("/home/x/.config/patop/config.yaml");
        assertThat(FleetFile.standard(Map.of("XDG_CONFIG_HOME", "/c"), Path.of("/home/x")))
                .hasToString("/c/patop/config.yaml");
        assertThatThrownBy(() -> FleetFile.read(directory.resolve("none.yaml")))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("--clusters");
    }

    private FleetFile read(String content) throws IOException {
        Path file = directory.resolve("patop.yaml");
        Files.writeString(file, content);
        return FleetFile.read(file);
    }
}
