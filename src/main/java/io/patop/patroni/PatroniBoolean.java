package io.patop.patroni;

import java.util.Locale;
import java.util.Optional;

/** Patroni's words for true and false (parse_bool of its utils.py, 2.0.1 to 4.1.4). */
final class PatroniBoolean {

    private PatroniBoolean() {}

    static Optional<Boolean> of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of(true);
            case "off", "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
