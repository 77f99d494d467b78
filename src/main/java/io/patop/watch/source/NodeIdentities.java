package io.patop.watch.source;

import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import io.patop.watch.model.Dashboard;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which cluster the nodes at the known addresses belong to. Used by one thread. */
final class NodeIdentities {

    private final Set<ApiUrl> told = new HashSet<>();
    private Dashboard.Identity identity = new Dashboard.Identity(Optional.empty(), Optional.empty());

    /** Whether any node has told the identity of this cluster. */
    boolean isKnown() {
        return identity.systemIdentifier().isPresent();
    }

    /** The reason why the node is of another cluster, for a person; empty if nothing says so. */
    Optional<String> otherCluster(NodeStatus said) {
        return identity.otherCluster(said);
    }

    /** Whether the node itself says that it is that member of this cluster. */
    boolean isNamed(String member, NodeStatus said) {
        return said.name().filter(member::equals).isPresent()
                && otherCluster(said).isEmpty();
    }

    /** Whether nothing says that the node is not that member. Before 3.2 nodes do not tell their names. */
    boolean mayBe(String member, NodeStatus said) {
        return said.name().filter(other -> !other.equals(member)).isEmpty()
                && otherCluster(said).isEmpty();
    }

    /** Takes the cluster's identity from one of its nodes. */
    void learn(NodeStatus ours) {
        identity = identity.with(ours);
    }

    /** The nodes that are of other clusters, each with the reason. */
    Map<ApiUrl, String> strangers(Map<ApiUrl, NodeStatus> said) {
        Map<ApiUrl, String> strangers = new LinkedHashMap<>();
        said.forEach((url, status) -> otherCluster(status).ifPresent(why -> strangers.put(url, why)));
        return strangers;
    }

    /** Whether this node of another cluster has not been reported yet. From now on it counts as reported. */
    boolean isNews(ApiUrl stranger) {
        return told.add(stranger);
    }
}
