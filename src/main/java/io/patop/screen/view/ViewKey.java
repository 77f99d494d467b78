package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.terminal.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A key that works on one view alone, with its texts for the footer and the help.
 *
 * @param name the key's written name, e.g. {@code s}
 * @param label the text in the footer; empty for keys that only the help tells of
 * @param explanation the text in the help
 * @param harmless whether it changes nothing but the display
 * @param strokes key strokes that press it
 * @param effect what the key does; questions are asked by the context
 */
public record ViewKey(
        String name,
        String label,
        String explanation,
        boolean harmless,
        List<KeyStroke> strokes,
        BiConsumer<Scene, ViewContext> effect) {

    public ViewKey {
        strokes = List.copyOf(strokes);
    }

    /** Makes a key of a letter or sign that changes nothing but the display. */
    public static ViewKey look(
            char character, String label, String explanation, BiConsumer<Scene, ViewContext> effect) {
        return new ViewKey(
                String.valueOf(character),
                label,
                explanation,
                true,
                List.of(new KeyStroke(character, false, false)),
                effect);
    }

    /** Makes a key of a letter or sign that asks before it changes something. */
    public static ViewKey change(
            char character, String label, String explanation, BiConsumer<Scene, ViewContext> effect) {
        return new ViewKey(
                String.valueOf(character),
                label,
                explanation,
                false,
                List.of(new KeyStroke(character, false, false)),
                effect);
    }

    /** Makes a key that is no character. */
    public static ViewKey named(
            String name,
            KeyType type,
            String label,
            String explanation,
            boolean harmless,
            BiConsumer<Scene, ViewContext> effect) {
        return new ViewKey(name, label, explanation, harmless, List.of(new KeyStroke(type)), effect);
    }

    /** Returns the one of these keys that a stroke presses. */
    public static Optional<ViewKey> of(List<ViewKey> keys, KeyStroke stroke) {
        return keys.stream()
                .filter(key -> key.strokes().stream().anyMatch(known -> Key.same(known, stroke)))
                .findFirst();
    }
}
