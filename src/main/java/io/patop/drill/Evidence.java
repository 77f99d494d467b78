package io.patop.drill;

import io.patop.watch.model.Dashboard;
import java.util.Optional;

/** Keeps what shows why a cluster did not recover, before the drill puts it right and hides that. */
public interface Evidence {

    /** Evidence that nobody keeps. */
    Evidence NONE = (unrecovered, dashboard) -> Optional.empty();

    /**
     * Keeps it. Blocks for a bounded time; a drill waits for that before it puts anything right.
     *
     * @return where it is; empty if it could not be kept
     */
    Optional<String> keep(Unrecovered unrecovered, Dashboard dashboard);
}
