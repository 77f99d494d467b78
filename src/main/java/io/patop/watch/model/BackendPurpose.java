package io.patop.watch.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whom a backend of HAProxy serves, by what its checks let through. */
public enum BackendPurpose {
    /** The leader alone. */
    LEADER,
    /** Replicas. */
    REPLICAS;

    private static final Pattern OF_LEADER = Pattern.compile("leader|primary|master|write|(^|[_.-])rw($|[_.-])");

    /** By its name, for as long as its servers have not shown it. */
    public static Optional<BackendPurpose> named(String backend) {
        String lower = backend.toLowerCase(Locale.ROOT);
        return OF_LEADER.matcher(lower).find() ? Optional.of(LEADER) : Optional.empty();
    }
}
