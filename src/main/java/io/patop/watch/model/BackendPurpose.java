package io.patop.watch.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The members that a backend of HAProxy serves, judged by which servers pass its checks. */
public enum BackendPurpose {
    /** The leader only. */
    LEADER,
    /** Replicas. */
    REPLICAS;

    private static final Pattern OF_LEADER = Pattern.compile("leader|primary|master|write|(^|[_.-])rw($|[_.-])");

    /** The purpose that the backend's name suggests, used until its servers have shown it. */
    public static Optional<BackendPurpose> named(String backend) {
        String lower = backend.toLowerCase(Locale.ROOT);
        return OF_LEADER.matcher(lower).find() ? Optional.of(LEADER) : Optional.empty();
    }
}
