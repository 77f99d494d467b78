package io.patop.watch.source;

import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import io.patop.watch.model.Dashboard;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Of which cluster the nodes are that answer at the known addresses. Used by one thread. */
final class NodeIdentities {

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

    /** Whether the node says that it is that member, of this cluster. */
    boolean isNamed(String member, NodeStatus said) {
        return said.name().filter(member::equals).isPresent()
                && otherCluster(said).isEmpty();
    }

    /** Whether nothing speaks against the node's being that member: before 3.2 nodes do not tell their names. */
    boolean mayBe(String member, NodeStatus said) {
        return said.name().filter(other -> !other.equals(member)).isEmpty()
                && otherCluster(said).isEmpty();
    }

    /** A node of this cluster has told what it is. */
    void learn(NodeStatus ours) {
        identity = identity.with(ours);
    }

    /** Those of the nodes that are of other clusters, each with why it is another. */
    Map<ApiUrl, String> strangers(Map<ApiUrl, NodeStatus> said) {
        Map<ApiUrl, String> strangers = new LinkedHashMap<>();
        said.forEach((url, status) -> otherCluster(status).ifPresent(why -> strangers.put(url, why)));
        return strangers;
    }

    /** Whether it has not been told yet that a node of another cluster is there; from now on it has. */
    boolean isNews(ApiUrl stranger) {
        return told.add(stranger);
    }
}
