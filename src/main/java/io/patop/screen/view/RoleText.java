package io.patop.screen.view;

import io.patop.cluster.Role;
import java.util.Locale;

/** Patroni's roles as a table shows them. */
public final class RoleText {

    private RoleText() {}

    /** Returns {@code Sync Standby} for {@code sync_standby}, as patronictl does. */
    public static String title(Role role) {
        if (role.word().isEmpty()) {
            return "unknown";
        }
        StringBuilder title = new StringBuilder();
        for (String word : role.word().split("_", -1)) {
            if (!word.isEmpty()) {
                title.append(title.isEmpty() ? "" : " ")
                        .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            }
        }
        return title.toString();
    }
}
