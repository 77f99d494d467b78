package io.patop.patroni;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.DynamicConfig;
import io.patop.cluster.History;
import io.patop.cluster.NodeStatus;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * Reads from a node's REST API. Each answer comes within a bound and is never an exception. Any node can be asked,
 * since each knows the whole cluster.
 */
public interface NodeApi {

    /**
     * Names addresses that are known without any node's word: typed by a person, named by a configuration or shown by
     * Docker. When a command needs the password, only these and those that can be verified get it.
     */
    default void given(Collection<ApiUrl> urls) {}

    /** {@code GET /cluster}: the cluster as this node sees it. Asks the DCS. */
    CompletableFuture<Answer<ClusterView>> cluster(ApiUrl url);

    /** {@code GET /patroni}: the node itself. Asks its PostgreSQL. */
    CompletableFuture<Answer<NodeStatus>> node(ApiUrl url);

    /** {@code GET /history}: as this node last read it. */
    CompletableFuture<Answer<History>> history(ApiUrl url);

    /** {@code GET /config}: as this node last read it. */
    CompletableFuture<Answer<DynamicConfig>> config(ApiUrl url);
}
