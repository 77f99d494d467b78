package io.patop.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patop.MutatedJson;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is JSON can be read as an engine's answer: what is missing or of another type is as if not told. */
class EngineJsonFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void info(@ForAll("infos") byte[] body) {
        read(body, EngineJson::info);
    }

    @Property
    void services(@ForAll("lists") byte[] body) {
        read(body, EngineJson::services);
    }

    @Property
    void tasks(@ForAll("lists") byte[] body) {
        read(body, EngineJson::tasks);
    }

    @Property
    void containers(@ForAll("lists") byte[] body) {
        read(body, EngineJson::containers);
    }

    @Property
    void networks(@ForAll("lists") byte[] body) {
        read(body, EngineJson::networks);
    }

    @Property
    void endpoints(@ForAll("places") String text) {
        try {
            var unused = DockerEndpoint.parse(text, java.util.Optional.empty()).text();
        } catch (IllegalArgumentException refused) {
            if (refused.getClass() != IllegalArgumentException.class) {
                throw refused;
            }
        }
    }

    @Provide
    Arbitrary<byte[]> infos() {
        return MutatedJson.of(List.of(
                "{\"Name\":\"n\",\"ServerVersion\":\"24.0\",\"Swarm\":{\"NodeID\":\"x\",\"LocalNodeState\":\"active\","
                        + "\"ControlAvailable\":true}}"));
    }

    @Provide
    Arbitrary<byte[]> lists() {
        return MutatedJson.of(List.of(
                "[{\"ID\":\"s\",\"Spec\":{\"Name\":\"patroni_patroni1\",\"Labels\":{\"com.docker.stack.namespace\":\"p\"},"
                        + "\"Mode\":{\"Replicated\":{\"Replicas\":1}},\"TaskTemplate\":{\"Networks\":[{\"Target\":\"n\"}],"
                        + "\"ContainerSpec\":{\"Image\":\"a@b\"}}},\"ServiceStatus\":{\"RunningTasks\":1},\"Endpoint\":"
                        + "{\"Ports\":[{\"PublishedPort\":1,\"TargetPort\":2,\"Protocol\":\"tcp\"}]},\"UpdateStatus\":"
                        + "{\"State\":\"updating\"}}]",
                "[{\"ID\":\"t\",\"ServiceID\":\"s\",\"Slot\":1,\"NodeID\":\"n\",\"Status\":{\"State\":\"running\","
                        + "\"Timestamp\":\"2026-11-24T20:00:00.123456789Z\",\"Message\":\"m\",\"Err\":\"e\",\"ContainerStatus\":"
                        + "{\"ContainerID\":\"c\"}},\"DesiredState\":\"running\",\"NetworksAttachments\":[{\"Network\":{"
                        + "\"ID\":\"i\",\"Spec\":{\"Name\":\"n\"}},\"Addresses\":[\"10.0.0.1/24\"]}]}]",
                "[{\"Id\":\"c\",\"Names\":[\"/a\"],\"Image\":\"i\",\"State\":\"running\",\"Status\":\"Up\",\"Labels\":{"
                        + "\"com.docker.compose.service\":\"a\"},\"NetworkSettings\":{\"Networks\":{\"n\":{\"IPAddress\":"
                        + "\"10.0.0.1\",\"GlobalIPv6Address\":\"\"}}}}]",
                "[{\"Id\":\"i\",\"Name\":\"n\",\"Driver\":\"overlay\",\"Scope\":\"swarm\",\"Attachable\":true}]"));
    }

    @Provide
    Arbitrary<String> places() {
        return MutatedJson.text(List.of(
                "unix:///var/run/docker.sock", "tcp://10.0.0.1:2376", "http://h:1", "https://[::1]:2376", "ssh://a@b"));
    }

    private static void read(byte[] body, Function<JsonNode, ?> reading) {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (IOException notJson) {
            return;
        }
        var unused = reading.apply(tree);
    }
}
