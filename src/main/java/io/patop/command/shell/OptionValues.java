package io.patop.command.shell;

import io.patop.drill.Fault;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The possible values of options, for shell completion. Each list is a class of its own, since picocli makes an
 * object of it.
 */
public final class OptionValues {

    private OptionValues() {}

    /** The values of a table's {@code --format}. */
    public static final class TableFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TableFormat.names().iterator();
        }
    }

    /** The values of {@code haproxy --format}. */
    public static final class ProxyFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of("csv"), TableFormat.names().stream()).iterator();
        }
    }

    /** The values of {@code --format} where lines are printed. */
    public static final class LineFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "json").iterator();
        }
    }

    /** The values of {@code replay --report --format}. */
    public static final class ReportFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "json", "markdown").iterator();
        }
    }

    /** The values of {@code --role}. */
    public static final class Roles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RoleChoice.values()).map(RoleChoice::toString).iterator();
        }
    }

    /** The values of {@code drill --fault}. */
    public static final class Faults implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Fault.values()).map(Fault::word).iterator();
        }
    }

    /** The values of {@code drill --target}, which also accepts a member's name. */
    public static final class Targets implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("leader", "sync", "each").iterator();
        }
    }
}
