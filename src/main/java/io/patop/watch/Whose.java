package io.patop.watch;

import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Of which cluster, and of which member, the nodes are that answer at the known addresses. Used by one thread. */
final class Whose {

    private final Map<ApiUrl, NodeStatus> seedsSaid = new LinkedHashMap<>();
    private final Set<ApiUrl> told = new HashSet<>();
    private Dashboard.Identity identity = new Dashboard.Identity(Optional.empty(), Optional.empty());

    /** Whether any node has told what this cluster is. */
    boolean isKnown() {
        return identity.systemIdentifier().isPresent();
    }

    /** That the node is of another cluster, in words; empty if nothing speaks for that. */
    Optional<String> otherCluster(NodeStatus said) {
        return identity.otherCluster(said);
    }

    /** A node of this cluster has told what it is. */
    void learn(NodeStatus ours) {
        identity = identity.with(ours);
    }

    /** What the node at a seed has told of itself. */
    void heardAt(ApiUrl seed, NodeStatus said) {
        seedsSaid.put(seed, said);
    }

    /** The seed at which the member has told its name. */
    Optional<ApiUrl> seedOf(String member) {
        return seedsSaid.entrySet().stream()
                .filter(said -> said.getValue().name().filter(member::equals).isPresent())
                .filter(said -> otherCluster(said.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The seeds at which nodes of other clusters have answered, each with why it is another. */
    Map<ApiUrl, String> strangers() {
        Map<ApiUrl, String> strangers = new LinkedHashMap<>();
        seedsSaid.forEach((seed, said) -> otherCluster(said).ifPresent(why -> strangers.put(seed, why)));
        return strangers;
    }

    /** Whether it has not been told yet that a node of another cluster is there; from now on it has. */
    boolean isNews(ApiUrl stranger) {
        return told.add(stranger);
    }
}
