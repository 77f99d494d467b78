package io.patop.screen;

import io.patop.screen.view.ViewContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The views, commands and actions that contain what is typed after {@code :}, best first; one of them is selected.
 *
 * @param matches what was found
 * @param selected index of the selected one
 * @param byHand whether the person has selected it, so that Enter means it and not what is typed
 */
record Palette(List<Entry> matches, int selected, boolean byHand) {

    /**
     * What can be chosen.
     *
     * @param name short name, or the words of an action
     * @param explanation what it is
     * @param run what happens when it is chosen; whatever changes something asks first
     */
    record Entry(String name, String explanation, Consumer<ViewContext> run) {

        private boolean contains(String[] words) {
            String all = (name + " " + explanation).toLowerCase(Locale.ROOT);
            return Arrays.stream(words).allMatch(all::contains);
        }

        private int rank(String typed) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.startsWith(typed) ? 0 : lower.contains(" " + typed) ? 1 : lower.contains(typed) ? 2 : 3;
        }
    }

    Palette {
        matches = List.copyOf(matches);
    }

    /** Finds the entries that contain each of the typed words; all if nothing is typed. */
    static Palette find(List<Entry> entries, String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        String[] words = typed.split("\\s+");
        Stream<Entry> found = entries.stream().filter(entry -> entry.contains(words));
        return new Palette(
                typed.isEmpty()
                        ? found.toList()
                        : found.sorted(Comparator.comparingInt(entry -> entry.rank(typed)))
                                .toList(),
                0,
                false);
    }

    /** Returns the palette with another one selected, at most the first or the last. */
    Palette moved(int rows) {
        return new Palette(matches, Math.max(0, Math.min(matches.size() - 1, selected + rows)), true);
    }

    /** Returns the selected entry; empty if nothing was found. */
    Optional<Entry> chosen() {
        return matches.isEmpty() ? Optional.empty() : Optional.of(matches.get(selected));
    }
}
