package io.patop.watch.model;

import io.patop.cluster.Failure;
import io.patop.cluster.Lag;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.PostgresAddress;
import io.patop.cluster.State;
import io.patop.text.ByteText;

/** The text of roles, states and lags for the sentences of events. */
public final class MemberText {

    private MemberText() {}

    /** {@code leader, running}. */
    public static String listed(Member member) {
        return member.role().word() + ", " + state(member.state());
    }

    /** {@code replica, running on timeline 2}. */
    public static String own(NodeStatus status) {
        return status.role().word() + ", " + state(status.state())
                + status.timeline().map(timeline -> " on timeline " + timeline).orElse("");
    }

    /** The state as Patroni names it, or a word if Patroni sent none. */
    public static String state(State state) {
        return state.word().isEmpty() ? "of unknown state" : state.word();
    }

    /** The text for a PostgreSQL that no longer runs. */
    public static String down(State state) {
        return state.kind() == State.Kind.UNKNOWN ? "does not answer" : state(state);
    }

    /** {@code does not answer (refused)}. */
    public static String lost(Failure failure) {
        return switch (failure.kind()) {
            case NOT_UNDERSTOOD, TOO_LARGE, REJECTED, DENIED, STRANGER ->
                "gives no usable answer (" + failure.kind().text() + ")";
            default -> "does not answer (" + failure.kind().text() + ")";
        };
    }

    /** {@code 280 B}. */
    public static String lag(Lag lag) {
        return lag instanceof Lag.Bytes bytes ? ByteText.text(bytes.count()) : "of unknown lag";
    }

    /** The host of the member's PostgreSQL, or a word if none is published. */
    public static String host(Member member) {
        return member.address().map(PostgresAddress::host).orElse("an unknown address");
    }
}
