package io.patop.patroni;

import java.util.Optional;

/**
 * A node's reply to a command: done, accepted for later, or refused with a reason. A refusal is an answer too: the
 * node was reached, and knows more of the cluster than patop.
 *
 * @param status HTTP status, e.g. 200 done, 202 scheduled, 412 the leader or the candidate is not the named one
 * @param text the node's own sentence, on one line and safe for a terminal; empty if it sent none, or JSON
 */
public record CommandReply(int status, String text) {

    /** Returns whether the node did it, or will do it at its time. */
    public boolean isAccepted() {
        return status >= 200 && status < 300;
    }

    /** Returns the node's sentence, or the status's meaning if it sent none; with advice if there is any. */
    public String describe() {
        String said = text.isEmpty() ? meaning() : text;
        return isAccepted()
                ? said
                : "HTTP " + status + " (" + said + ")"
                        + advice().map(what -> ": " + what).orElse("");
    }

    /** Returns advice on a refusal, if patop has any. */
    public Optional<String> advice() {
        return switch (status) {
            case 401 ->
                Optional.of("it wants the username and password of restapi.authentication, in the file of -c or in"
                        + " PATRONI_CTL_USERNAME and PATRONI_CTL_PASSWORD");
            case 403 ->
                Optional.of("it wants a client certificate (ctl.certfile), or its allowlist lacks this address");
            case 501 -> Optional.of("it is older than this command, or not Patroni");
            default -> Optional.empty();
        };
    }

    private String meaning() {
        return switch (status) {
            case 200 -> "done";
            case 202 -> "accepted";
            case 400 -> "the request is not right";
            case 401 -> "not authenticated";
            case 403 -> "not allowed";
            case 404 -> "there is no such thing";
            case 409 -> "something else changed it at the same time";
            case 411 -> "the request came without its length";
            case 412 -> "the cluster is not as the request says";
            case 501 -> "this node does not know the command";
            case 502 -> "it could not write";
            case 503 -> "it cannot do that now";
            default -> "no reason given";
        };
    }
}
