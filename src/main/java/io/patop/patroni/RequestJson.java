package io.patop.patroni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.PythonTime;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the bodies of commands. A key that is not meant is left out, since Patroni takes its mere presence for a
 * request.
 */
final class RequestJson {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private RequestJson() {}

    static String of(RestartRequest restart, Optional<PatroniVersion> version) {
        Map<String, Object> body = new LinkedHashMap<>();
        restart.role().ifPresent(role -> body.put("role", role.word(version)));
        restart.belowVersion().ifPresent(bound -> body.put("postgres_version", bound));
        restart.timeout().ifPresent(limit -> body.put("timeout", limit.toSeconds()));
        if (restart.onlyPending()) {
            body.put("restart_pending", true);
        }
        restart.at().ifPresent(time -> body.put("schedule", PythonTime.isoformat(time)));
        return of(body);
    }

    static String of(ReinitializeRequest reinitialize) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("force", reinitialize.force());
        if (reinitialize.fromLeader()) {
            body.put("from_leader", true);
        }
        return of(body);
    }

    static String of(SwitchoverRequest switchover) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("leader", switchover.leader());
        switchover.candidate().ifPresent(name -> body.put("candidate", name));
        switchover.at().ifPresent(time -> body.put("scheduled_at", PythonTime.isoformat(time)));
        return of(body);
    }

    static String failoverTo(String candidate) {
        return of(Map.of("candidate", candidate));
    }

    static String of(Map<String, ?> tree) {
        try {
            return WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("no JSON for it", impossible);
        }
    }
}
