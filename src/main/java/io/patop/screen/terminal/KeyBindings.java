package io.patop.screen.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which strokes press the keys that a person has put elsewhere. All others are pressed as {@link Key} says. Used by
 * the screen's thread alone.
 */
public final class KeyBindings {

    /** No key is put elsewhere. */
    public static final KeyBindings STANDARD = new KeyBindings(Map.of());

    private final Map<Key, List<KeyStroke>> strokes;

    private KeyBindings(Map<Key, List<KeyStroke>> strokes) {
        this.strokes = strokes.isEmpty() ? Map.of() : new EnumMap<>(strokes);
    }

    /**
     * Returns the bindings with these keys put elsewhere.
     *
     * @throws IllegalArgumentException if a stroke would press two keys
     */
    public static KeyBindings of(Map<Key, List<KeyStroke>> strokes) {
        List<KeyStroke> seen = new ArrayList<>();
        strokes.forEach((key, all) -> all.forEach(stroke -> {
            Optional<Key> other = Key.of(stroke).filter(owner -> owner != key && !strokes.containsKey(owner));
            if (other.isPresent()) {
                throw new IllegalArgumentException(
                        name(stroke) + " already means: " + other.get().explanation());
            }
            if (seen.stream().anyMatch(known -> Key.same(known, stroke))) {
                throw new IllegalArgumentException(name(stroke) + " stands at two keys");
            }
            seen.add(stroke);
        }));
        return new KeyBindings(strokes);
    }

    /**
     * Returns the stroke that presses the same by {@link Key}; empty for one that presses nothing any more.
     */
    public Optional<KeyStroke> standard(KeyStroke typed) {
        if (strokes.isEmpty() || isFixed(typed)) {
            return Optional.of(typed);
        }
        for (Map.Entry<Key, List<KeyStroke>> bound : strokes.entrySet()) {
            if (bound.getValue().stream().anyMatch(known -> Key.same(known, typed))) {
                return Optional.of(bound.getKey().stroke());
            }
        }
        return Key.of(typed).filter(strokes::containsKey).isPresent() ? Optional.empty() : Optional.of(typed);
    }

    /** Ctrl-C and the keys that have no letter do what they do, wherever else that has been put. */
    private static boolean isFixed(KeyStroke typed) {
        return typed.getKeyType() == KeyType.Character
                ? typed.isCtrlDown() && typed.getCharacter() == 'c'
                : !typed.getKeyType().name().matches("F\\d+");
    }

    /** Returns a key's written name. */
    public String name(Key key) {
        return strokes.containsKey(key)
                ? String.join(
                        ", ", strokes.get(key).stream().map(KeyBindings::name).toList())
                : key.keyName();
    }

    /** Returns the stroke that a person presses for a key. */
    public KeyStroke stroke(Key key) {
        return strokes.containsKey(key) ? strokes.get(key).get(0) : key.stroke();
    }

    /**
     * Reads a stroke as it is written: a letter or sign, {@code Space}, {@code Ctrl-x}, {@code F1} to {@code F12}.
     *
     * @throws IllegalArgumentException with what a key may be, if it is none; y and n answer questions, and digits show
     *     views
     */
    public static KeyStroke parse(String text) {
        if (text.length() == 1 && text.charAt(0) > ' ' && text.charAt(0) <= '~' && !text.matches("[ynYN0-9]")) {
            return new KeyStroke(text.charAt(0), false, false);
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("space")) {
            return new KeyStroke(' ', false, false);
        }
        if (word.matches("ctrl-[a-z]") && !word.matches("ctrl-[chimj]")) {
            return new KeyStroke(word.charAt(5), true, false);
        }
        return Arrays.stream(KeyType.values())
                .filter(type -> word.matches("f([1-9]|1[0-2])") && type.name().equalsIgnoreCase(word))
                .findFirst()
                .map(KeyStroke::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a key is a letter or sign (not y, n or a digit), Space, Ctrl-LETTER, or F1 to F12"));
    }

    private static String name(KeyStroke stroke) {
        if (stroke.getKeyType() != KeyType.Character) {
            return stroke.getKeyType().name();
        }
        if (stroke.isCtrlDown()) {
            return "Ctrl-" + Character.toUpperCase(stroke.getCharacter());
        }
        return stroke.getCharacter() == ' ' ? "Space" : stroke.getCharacter().toString();
    }
}
