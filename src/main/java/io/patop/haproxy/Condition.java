package io.patop.haproxy;

import java.util.Locale;

/** The condition of a line, derived from the words of the column {@code status}. */
public enum Condition {
    /** Takes traffic, {@code UP} or on its way down ({@code UP 1/2}), or is not checked. */
    UP,
    /** A frontend or listener that accepts. */
    OPEN,
    /** Its checks fail, or it is on its way up ({@code DOWN 1/2}). */
    DOWN,
    /** Finishes its sessions and takes no new ones: {@code NOLB}, {@code DRAIN}. */
    DRAIN,
    /** In maintenance by a person, by another server, or because its name has no address. */
    MAINT,
    /** A frontend that is full or stopped. */
    CLOSED,
    /** A word that this version of patop does not know. */
    OTHER;

    /** Returns the condition for a word of HAProxy's, of any version from 1.5 on. */
    static Condition of(String status) {
        String word = status.strip().toUpperCase(Locale.ROOT);
        if (word.startsWith("UP") || word.equals("NO CHECK")) {
            return UP;
        }
        if (word.startsWith("OPEN")) {
            return OPEN;
        }
        if (word.startsWith("DOWN")) {
            return DOWN;
        }
        if (word.startsWith("DRAIN") || word.startsWith("NOLB")) {
            return DRAIN;
        }
        if (word.startsWith("MAINT")) {
            return MAINT;
        }
        return word.startsWith("STOP") || word.startsWith("FULL") || word.startsWith("PAUSED") ? CLOSED : OTHER;
    }
}
