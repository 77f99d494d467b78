package io.patop.sim.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.SimulatedRun;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Docker Engine: what it lists, and what its commands do to the cluster. */
class DockerApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatedRun course;
    private DockerApi docker;

    @BeforeEach
    void start() throws Exception {
        course = new SimulatedRun(SimulationOptions.defaults().withWalRate(0));
        docker = new DockerApi(course.world);
        course.run(2);
    }

    private Reply.Answer ask(String method, String target, String body) {
        return (Reply.Answer) docker.answer(Request.of(method, target, Optional.of(body)));
    }

    private JsonNode get(String target) throws Exception {
        Reply.Answer answer = ask("GET", target, "");
        assertThat(answer.code()).as(target).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String filters(String json) {
        return "filters=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private Reply.Answer scale(String service, int replicas) throws Exception {
        JsonNode found = get("/v1.41/services/" + service);
        ObjectNode spec = (ObjectNode) found.path("Spec");
        spec.withObject("/Mode/Replicated").put("Replicas", replicas);
        String version = found.path("Version").path("Index").asText();
        return ask(
                "POST", "/v1.41/services/" + found.path("ID").asText() + "/update?version=" + version, spec.toString());
    }

    @Test
    void listsAServiceForEachNodeForEtcdAndForHaproxy() throws Exception {
        JsonNode services = get("/v1.41/services?status=true");
        assertThat(services.findValuesAsText("Name"))
                .contains(
                        "patroni_etcd", "patroni_patroni1", "patroni_patroni2", "patroni_patroni3", "patroni_haproxy");
        assertThat(services).allSatisfy(service -> {
            assertThat(service.path("ServiceStatus").path("RunningTasks").asInt())
                    .isEqualTo(1);
            assertThat(service.path("ServiceStatus").path("DesiredTasks").asInt())
                    .isEqualTo(1);
        });
        assertThat(get("/services?" + filters("{\"name\":[\"patroni_patroni2\"]}")))
                .hasSize(1);
        assertThat(get("/info").path("Swarm").path("ControlAvailable").asBoolean())
                .isTrue();
        assertThat(get("/version").path("ApiVersion").asText()).isEqualTo("1.41");
        assertThat(get("/networks").path(0).path("Name").asText()).isEqualTo("patroni_patroni");
    }

    @Test
    void scalingToZeroStopsTheNodeAndToOneBringsItBack() throws Exception {
        String address = course.row("patroni2", "patroni1").path("host").asText();
        assertThat(scale("patroni_patroni1", 0).code()).isEqualTo(200);
        course.run(12);
        assertThat(course.world.leader()).isNotEqualTo(Optional.of("patroni1"));
        JsonNode service = get("/services/patroni_patroni1");
        assertThat(service.path("Spec")
                        .path("Mode")
                        .path("Replicated")
                        .path("Replicas")
                        .asInt())
                .isZero();
        assertThat(get("/tasks?" + filters("{\"service\":[\"patroni_patroni1\"]}")))
                .isEmpty();
        assertThat(scale("patroni_patroni1", 1).code()).isEqualTo(200);
        course.run(15);
        assertThat(course.row("patroni2", "patroni1").path("host").asText()).isNotEqualTo(address);
        assertThat(get("/tasks?" + filters("{\"service\":{\"patroni_patroni1\":true}}"))
                        .path(0)
                        .path("Status")
                        .path("State")
                        .asText())
                .isEqualTo("running");
    }

    @Test
    void anUpdateOfAnOldVersionIsRefused() throws Exception {
        JsonNode service = get("/services/patroni_patroni1");
        Reply.Answer answer = ask(
                "POST",
                "/services/patroni_patroni1/update?version="
                        + (service.path("Version").path("Index").asLong() - 1),
                service.path("Spec").toString());
        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.body()).contains("rpc error: code = Unknown desc = update out of sequence");
        assertThat(ask("POST", "/services/patroni_patroni1/update", "{}").code())
                .isEqualTo(400);
    }

    @Test
    void aKilledContainerLeavesAFailedTaskAndTheNodeDead() throws Exception {
        JsonNode container = get("/containers/json?"
                        + filters("{\"label\":[\"com.docker.swarm.service.name=patroni_patroni1\"]}"))
                .path(0);
        assertThat(ask("POST", "/containers/" + container.path("Id").asText() + "/kill", "")
                        .code())
                .isEqualTo(204);
        JsonNode task =
                get("/tasks?" + filters("{\"service\":[\"patroni_patroni1\"]}")).path(0);
        assertThat(task.path("Status").path("State").asText()).isEqualTo("failed");
        assertThat(task.path("Status").path("ContainerStatus").path("ExitCode").asInt())
                .isEqualTo(137);
        assertThat(ask("POST", "/containers/" + container.path("Id").asText() + "/kill", "")
                        .code())
                .isEqualTo(409);
        course.run(40);
        assertThat(course.world.leader()).isNotEqualTo(Optional.of("patroni1"));
        course.fault("start patroni1").run(20);
        assertThat(course.row("patroni2", "patroni1").path("role").asText()).isEqualTo("replica");
    }

    @Test
    void aPausedContainerIsAFrozenNode() throws Exception {
        String id = get("/containers/json?" + filters("{\"name\":[\"patroni_patroni2\"]}"))
                .path(0)
                .path("Id")
                .asText();
        assertThat(ask("POST", "/containers/" + id + "/pause", "").code()).isEqualTo(204);
        assertThat(SimulatedRun.json(course.ask("patroni2", "GET", "/patroni"))).isEmpty();
        assertThat(get("/containers/" + id + "/json")
                        .path("State")
                        .path("Paused")
                        .asBoolean())
                .isTrue();
        assertThat(ask("POST", "/containers/" + id + "/pause", "").code()).isEqualTo(409);
        assertThat(ask("POST", "/containers/" + id + "/unpause", "").code()).isEqualTo(204);
        course.run(1);
        assertThat(SimulatedRun.json(course.ask("patroni2", "GET", "/patroni"))).isPresent();
    }

    @Test
    void etcdAndHaproxyCanBeScaledAwayToo() throws Exception {
        assertThat(scale("patroni_etcd", 0).code()).isEqualTo(200);
        assertThat(scale("patroni_haproxy", 0).code()).isEqualTo(200);
        course.run(30);
        assertThat(course.get("patroni1", "/patroni").path("cluster_unlocked").asBoolean())
                .isTrue();
        assertThat(course.world.proxy().isUp()).isFalse();
        scale("patroni_etcd", 1);
        scale("patroni_haproxy", 1);
        course.run(15);
        assertThat(course.get("patroni2", "/patroni").has("cluster_unlocked")).isFalse();
        assertThat(course.world.proxy().pick("leader")).isPresent();
    }

    @Test
    void whatIsNotThereIsAnsweredInDockersWords() {
        assertThat(ask("GET", "/services/nosuch", "").body()).contains("\"message\":\"service nosuch not found\"");
        assertThat(ask("POST", "/containers/nosuch/kill", "").body()).contains("No such container: nosuch");
        assertThat(ask("GET", "/images/nosuch/json", "").body()).contains("No such image: nosuch");
        assertThat(ask("GET", "/nosuch", "").code()).isEqualTo(404);
    }
}
