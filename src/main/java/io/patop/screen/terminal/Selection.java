package io.patop.screen.terminal;

import java.util.List;
import java.util.Optional;

/** The selected one of some named rows. It is kept by name, since rows move under the cursor. */
public final class Selection {

    private Optional<String> name = Optional.empty();

    public Optional<String> name() {
        return name;
    }

    public void select(Optional<String> chosen) {
        name = chosen;
    }

    /** Returns the selected row's index, or -1. */
    public int in(List<String> names) {
        return name.map(names::indexOf).orElse(-1);
    }

    /** Moves the selection by this many rows, and stops at the first and the last. */
    public void move(int rows, List<String> names) {
        if (!names.isEmpty()) {
            int at = Math.max(0, in(names));
            name = Optional.of(names.get(Math.max(0, Math.min(names.size() - 1, at + rows))));
        }
    }
}
