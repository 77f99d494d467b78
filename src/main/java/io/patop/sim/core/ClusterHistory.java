package io.patop.sim.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * The /history key as a leader writes it in the first loop after its promotion (update_cluster_history): an entry for
 * each past timeline. Since 2.1 the new leader's name is its fifth part.
 */
final class ClusterHistory {
    private final Simulation world;

    ClusterHistory(Simulation world) {
        this.world = world;
    }

    void update(Node leader) {
        ArrayNode old = world.dcs().view().history();
        int last = old.isEmpty() ? 0 : old.get(old.size() - 1).path(0).asInt();
        if (leader.postgres.timeline - 1 == last) {
            return;
        }
        Map<Integer, JsonNode> known = new HashMap<>();
        old.forEach(line -> known.put(line.path(0).asInt(), line));
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        for (Postgres.Switch line : leader.postgres.history) {
            JsonNode before = known.get(line.timeline());
            if (before != null) {
                lines.add(before);
                continue;
            }
            ArrayNode added = lines.addArray()
                    .add(line.timeline())
                    .add(line.position())
                    .add("no recovery target specified")
                    .add(world.isoTimestamp(line.time()));
            if (leader.version.isAtLeast3()) {
                added.add(leader.name);
            }
        }
        world.dcs().putHistory(lines);
    }
}
