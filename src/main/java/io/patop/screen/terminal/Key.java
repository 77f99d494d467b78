package io.patop.screen.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a key does, and how the footer and the help tell it: the key map, as data.
 */
public enum Key {
    /** One row up. */
    UP("Up, k", "", "select the row above", true, of(KeyType.ArrowUp), of('k')),
    /** One row down. */
    DOWN("Down, j", "", "select the row below", true, of(KeyType.ArrowDown), of('j')),
    /** To the first row. */
    FIRST("Home, g", "", "select the first row", true, of(KeyType.Home), of('g')),
    /** To the last row. */
    LAST("End, G", "", "select the last row", true, of(KeyType.End), of('G')),
    /** A page up. */
    PAGE_UP("PgUp", "", "go back by a page", true, of(KeyType.PageUp)),
    /** A page down. */
    PAGE_DOWN("PgDn", "", "go on by a page", true, of(KeyType.PageDown)),
    /** Into the selected row. */
    ENTER("Enter", "Info", "all that is known of the selected member", true, of(KeyType.Enter)),
    /** Out of it. */
    BACK("Esc", "", "back, or put away a question", true, of(KeyType.Escape)),
    /** Scale to 0. */
    STOP("-", "Stop", "scale the selected member's service to 0, or stop its container", false, of('-')),
    /** Scale to 1. */
    START("+", "Start", "scale the selected member's service to 1, or start its container", false, of('+'), of('=')),
    /** Scale the leader's service to 0. */
    KILL_LEADER("K", "Kill leader", "scale the present leader's service to 0, whoever it is", false, of('K')),
    /** A failover drill. */
    DRILL("D", "Drill", "a failover drill: break it on purpose, measure, put it right", false, of('D')),
    /** All that can be done to the selected member. */
    ACTIONS("a", "Member", "all that can be done to the selected member", false, of('a')),
    /** All that can be done to the cluster. */
    CLUSTER("A", "Cluster", "all that can be done to the cluster: switchover, pause, and more", false, of('A')),
    /** The next view. */
    NEXT_VIEW("Tab", "View", "the next view; digits jump to one", true, of(KeyType.Tab)),
    /** The view before. */
    PREVIOUS_VIEW("Shift-Tab", "", "the view before", true, of(KeyType.ReverseTab)),
    /** Show only some rows. */
    FILTER("/", "Filter", "show only rows that contain a text", true, of('/')),
    /** The talk mode. */
    TALK("T", "Talk", "the few things that an audience must see, large", true, of('T')),
    /** Hold the display. */
    HOLD("Space", "Hold", "hold the display; watching goes on", true, of(' ')),
    /** A command by name. */
    COMMAND(":", "", "type a command", true, of(':')),
    /** Record the session, or end the recording. */
    RECORD("Ctrl-R", "", "record the session to a file, from as far back as is kept; or end it", true, ctrl('r')),
    /** A picture of the screen. */
    PICTURE("Ctrl-S", "", "save a picture of the screen as SVG; :screenshot names a file", true, ctrl('s')),
    /** All keys. */
    HELP("?", "Help", "this page", true, of('?'), of(KeyType.F1)),
    /** Draw the whole screen again. */
    REDRAW("Ctrl-L", "", "draw the whole screen again", true, ctrl('l')),
    /** Stop until the shell says fg. */
    SUSPEND("Ctrl-Z", "", "suspend patop; fg brings it back", true, ctrl('z')),
    /** End. */
    QUIT("q", "Quit", "end patop; Ctrl-C does too", true, of('q'), ctrl('c'));

    private final String name;
    private final String label;
    private final String explanation;
    private final boolean harmless;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of strokes that nobody changes
    private final List<KeyStroke> strokes;

    Key(String name, String label, String explanation, boolean harmless, KeyStroke... strokes) {
        this.name = name;
        this.label = label;
        this.explanation = explanation;
        this.harmless = harmless;
        this.strokes = List.of(strokes);
    }

    /** The key that a stroke is. */
    public static Optional<Key> of(KeyStroke stroke) {
        return Arrays.stream(values())
                .filter(key -> key.strokes.stream().anyMatch(known -> same(known, stroke)))
                .findFirst();
    }

    /** How it is written, e.g. {@code Tab}. */
    public String keyName() {
        return name;
    }

    /** What the footer says of it; empty for keys that the footer leaves to the help. */
    public String label() {
        return label;
    }

    /** What the help says of it. */
    public String explanation() {
        return explanation;
    }

    /** Whether it changes nothing but the display. */
    public boolean isHarmless() {
        return harmless;
    }

    /** Whether it acts on a member, so that it works only on views that have members. */
    public boolean isOfMember() {
        return this == STOP || this == START || this == ACTIONS || this == ENTER;
    }

    /** By how many rows it moves; 0 for keys that move nothing. */
    public int rows() {
        return switch (this) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -10;
            case PAGE_DOWN -> 10;
            case FIRST -> -1_000_000;
            case LAST -> 1_000_000;
            default -> 0;
        };
    }

    public static boolean same(KeyStroke known, KeyStroke stroke) {
        return known.getKeyType() == stroke.getKeyType()
                && known.isCtrlDown() == stroke.isCtrlDown()
                && (known.getKeyType() != KeyType.Character
                        || known.getCharacter().equals(stroke.getCharacter()));
    }

    private static KeyStroke of(char character) {
        return new KeyStroke(character, false, false);
    }

    private static KeyStroke ctrl(char character) {
        return new KeyStroke(character, true, false);
    }

    private static KeyStroke of(KeyType type) {
        return new KeyStroke(type);
    }
}
