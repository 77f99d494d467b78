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
 * Sends commands to a node's REST API. Each is sent once, to that node and no other. The reply, a refusal included,
 * is a {@link CommandReply}, within a bound that leaves Patroni time for its work. If there is no reply, the
 * failure's message says whether the command may have been done all the same.
 */
public interface NodeCommands {

    /**
     * {@code POST /restart}: restarts the node's PostgreSQL, now or at a time. Answers when it is up again, or has
     * not come up within primary_start_timeout (300 s).
     *
     * @param version the version of the node's Patroni, if known: the names of roles depend on it
     */
    CompletableFuture<Answer<CommandReply>> restart(
            ApiUrl url, RestartRequest request, Optional<PatroniVersion> version);

    /** {@code DELETE /restart}: cancels the node's scheduled restart; 404 if there is none. */
    CompletableFuture<Answer<CommandReply>> cancelRestart(ApiUrl url);

    /** {@code POST /reload}: the node reads its own configuration file again, within loop_wait. */
    CompletableFuture<Answer<CommandReply>> reload(ApiUrl url);

    /** {@code POST /reinitialize}: removes the replica's data and copies it anew; answers when that has begun. */
    CompletableFuture<Answer<CommandReply>> reinitialize(ApiUrl url, ReinitializeRequest request);

    /**
     * {@code POST /switchover} by any member, best by the leader. Answers when another member leads, or after two
     * times loop_wait (20 s or more) without one; at once if the switchover is scheduled.
     */
    CompletableFuture<Answer<CommandReply>> switchover(ApiUrl url, SwitchoverRequest request);

    /**
     * {@code POST /failover} by any member: makes the candidate the leader, healthy or not. Answers like switchover.
     */
    CompletableFuture<Answer<CommandReply>> failover(ApiUrl url, String candidate);

    /** {@code DELETE /switchover} by any member: cancels the scheduled switchover; 404 if there is none. */
    CompletableFuture<Answer<CommandReply>> cancelSwitchover(ApiUrl url);

    /**
     * {@code PATCH /config} by any member: merges changes into the dynamic configuration, key by key at any depth.
     *
     * @param changes the changes, not empty (Patroni refuses that); maps, lists, strings, numbers and booleans;
     *     null removes a key
     */
    CompletableFuture<Answer<CommandReply>> patchConfig(ApiUrl url, Map<String, ?> changes);

    /**
     * {@code PUT /config} by any member: replaces the whole dynamic configuration. There is no lock: another person's
     * changes since it was read are lost.
     */
    CompletableFuture<Answer<CommandReply>> putConfig(ApiUrl url, Map<String, ?> config);

    /**
     * Returns why no command is sent to this URL, namely that its password may not go there; empty if commands are
     * sent.
     */
    default Optional<String> withheld(ApiUrl url) {
        return Optional.empty();
    }

    /**
     * Returns whether a command that failed in this way may have reached the node and been done. If not, another node
     * can be told instead.
     */
    static boolean mayHaveArrived(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED, UNRESOLVED, UNREACHABLE, TLS, STRANGER, WITHHELD -> false;
            default -> true;
        };
    }
}
