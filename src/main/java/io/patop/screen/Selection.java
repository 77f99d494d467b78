package io.patop.screen;

import java.util.List;
import java.util.Optional;

/** Which of some named rows is selected. It is a name and not a row, since rows move under the cursor. */
final class Selection {

    private Optional<String> name = Optional.empty();

    Optional<String> name() {
        return name;
    }

    void select(Optional<String> chosen) {
        name = chosen;
    }

    /** The selected row's index, or -1. */
    int in(List<String> names) {
        return name.map(names::indexOf).orElse(-1);
    }

    /** Moves by so many of these rows, and stops at the first and the last. */
    void move(int rows, List<String> names) {
        if (!names.isEmpty()) {
            int at = Math.max(0, in(names));
            name = Optional.of(names.get(Math.max(0, Math.min(names.size() - 1, at + rows))));
        }
    }
}
