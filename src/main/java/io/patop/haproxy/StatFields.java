package io.patop.haproxy;

import io.patop.text.TextResource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The meanings of HAProxy's columns, in the words of its management guide, section 9.1. */
public final class StatFields {

    private static final Map<String, String> BY_NAME = new TreeMap<>();

    static {
        TextResource.read(StatFields.class, "stat-fields.txt").lines().forEach(line -> {
            int space = line.indexOf(' ');
            BY_NAME.put(line.substring(0, space), line.substring(space + 1));
        });
    }

    private StatFields() {}

    /** Returns the meaning of a column; empty for an unknown one. */
    public static Optional<String> meaning(String column) {
        return Optional.ofNullable(BY_NAME.get(column));
    }
}
