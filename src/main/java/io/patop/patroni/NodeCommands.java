package io.patop.patroni;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.PatroniVersion;
import io.patop.cluster.ReinitializeRequest;
import io.patop.cluster.RestartRequest;
import io.patop.cluster.SwitchoverRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a node's REST API can be told to do. Each is sent once, to that node and nobody in its place; what the
 * node says, also a refusal, is a {@link CommandReply} within a bound that lets Patroni finish what it does meanwhile.
 * Where there is no reply, the failure's message says if it may have been done all the same.
 */
public interface NodeCommands {

    /**
     * {@code POST /restart}: the node's PostgreSQL, now or at a time. Answers when it is up again, or has not
     * come up within primary_start_timeout (300 s).
     *
     * @param version of the node's Patroni, where known: the names of roles depend on it
     */
    CompletableFuture<Answer<CommandReply>> restart(
            ApiUrl url, RestartRequest request, Optional<PatroniVersion> version);

    /** {@code DELETE /restart}: the node's scheduled restart; 404 if there is none. */
    CompletableFuture<Answer<CommandReply>> cancelRestart(ApiUrl url);

    /** {@code POST /reload}: the node reads its own configuration file anew, within loop_wait. */
    CompletableFuture<Answer<CommandReply>> reload(ApiUrl url);

    /** {@code POST /reinitialize}: the replica's data is removed and copied anew; answers when it has begun. */
    CompletableFuture<Answer<CommandReply>> reinitialize(ApiUrl url, ReinitializeRequest request);

    /**
     * {@code POST /switchover} by any member; best by the leader. Answers when another leads, or after two times
     * loop_wait (20 s or more) without; at once if it is scheduled.
     */
    CompletableFuture<Answer<CommandReply>> switchover(ApiUrl url, SwitchoverRequest request);

    /** {@code POST /failover} by any member: the candidate leads, healthy or not. Answers like switchover. */
    CompletableFuture<Answer<CommandReply>> failover(ApiUrl url, String candidate);

    /** {@code DELETE /switchover} by any member: the scheduled switchover; 404 if there is none. */
    CompletableFuture<Answer<CommandReply>> cancelSwitchover(ApiUrl url);

    /**
     * {@code PATCH /config} by any member: merged into the dynamic configuration, key by key at any depth.
     *
     * @param changes not empty (Patroni refuses that); maps, lists, texts, numbers and truths; null removes a key
     */
    CompletableFuture<Answer<CommandReply>> patchConfig(ApiUrl url, Map<String, ?> changes);

    /**
     * {@code PUT /config} by any member: the dynamic configuration as a whole. Without any lock: what another
     * person wrote since it was read is gone.
     */
    CompletableFuture<Answer<CommandReply>> putConfig(ApiUrl url, Map<String, ?> config);

    /** Why no command is sent there: the password that it needs may not go there. Empty if one would be sent. */
    default Optional<String> withheld(ApiUrl url) {
        return Optional.empty();
    }

    /**
     * Whether a command that failed so may have reached the node, and so been done. If not, another node can be
     * told instead.
     */
    static boolean mayHaveArrived(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED, UNRESOLVED, UNREACHABLE, TLS, STRANGER, WITHHELD -> false;
            default -> true;
        };
    }
}
