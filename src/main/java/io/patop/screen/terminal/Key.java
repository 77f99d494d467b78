package io.patop.screen.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys that work everywhere, with what the footer and the help tell of them. */
public enum Key {
    UP("Up, k", "", "select the row above", true, of(KeyType.ArrowUp), of('k')),
    DOWN("Down, j", "", "select the row below", true, of(KeyType.ArrowDown), of('j')),
    FIRST("Home, g", "", "select the first row", true, of(KeyType.Home), of('g')),
    LAST("End, G", "", "select the last row", true, of(KeyType.End), of('G')),
    PAGE_UP("PgUp", "", "go back by a page", true, of(KeyType.PageUp)),
    PAGE_DOWN("PgDn", "", "go on by a page", true, of(KeyType.PageDown)),
    ENTER("Enter", "Info", "all that is known of the selected member", true, of(KeyType.Enter)),
    BACK("Esc", "", "back, or put away a question", true, of(KeyType.Escape)),
    STOP("-", "Stop", "scale the selected member's service to 0, or stop its container", false, of('-')),
    START("+", "Start", "scale the selected member's service to 1, or start its container", false, of('+'), of('=')),
    KILL_LEADER("K", "Kill leader", "scale the present leader's service to 0, whoever it is", false, of('K')),
    DRILL("D", "Drill", "a failover drill: break it on purpose, measure, put it right", false, of('D')),
    ACTIONS("a", "Member", "all that can be done to the selected member", false, of('a')),
    CLUSTER("A", "Cluster", "all that can be done to the cluster: switchover, pause, and more", false, of('A')),
    FORECAST("F", "", "what would happen if the leader died now: each term with its source", true, of('F')),
    NEXT_VIEW("Tab", "View", "the next view; digits jump to one", true, of(KeyType.Tab)),
    PREVIOUS_VIEW("Shift-Tab", "", "the view before", true, of(KeyType.ReverseTab)),
    LANES("L", "Lanes", "time as lanes: what each member, the key, HAProxy and the writes did", true, of('L')),
    FILTER("/", "Filter", "show only rows that contain a text", true, of('/')),
    TALK("T", "Talk", "the few things that an audience must see, large", true, of('T')),
    HOLD("Space", "Hold", "hold the display; watching goes on", true, of(' ')),
    COMMAND(":", "", "type a command", true, of(':')),
    COPY("y", "", "copy the row, curl command, DSN or event to the clipboard", true, of('y')),
    RECORD("Ctrl-R", "", "record the session to a file, from as far back as is kept; or end it", true, ctrl('r')),
    PICTURE("Ctrl-S", "", "save a picture of the screen as SVG; :screenshot names a file", true, ctrl('s')),
    HELP("?", "Help", "this page", true, of('?'), of(KeyType.F1)),
    REDRAW("Ctrl-L", "", "draw the whole screen again", true, ctrl('l')),
    SUSPEND("Ctrl-Z", "", "suspend patop; fg brings it back", true, ctrl('z')),
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

    /** Returns the key of a stroke. */
    public static Optional<Key> of(KeyStroke stroke) {
        return Arrays.stream(values())
                .filter(key -> key.strokes.stream().anyMatch(known -> same(known, stroke)))
                .findFirst();
    }

    /** Returns the stroke that presses the key; the first if there are several. */
    public KeyStroke stroke() {
        return strokes.get(0);
    }

    /** Returns the key's written name, e.g. {@code Tab}. */
    public String keyName() {
        return name;
    }

    /** Returns the label in the footer; empty for keys that only the help tells of. */
    public String label() {
        return label;
    }

    /** Returns the explanation in the help. */
    public String explanation() {
        return explanation;
    }

    /** Returns whether the key changes nothing but the display. */
    public boolean isHarmless() {
        return harmless;
    }

    /** Returns whether the key acts on a member, so that it works only on views that have members. */
    public boolean isOfMember() {
        return this == STOP || this == START || this == ACTIONS || this == ENTER;
    }

    /** Returns by how many rows the key moves; 0 for keys that do not move. */
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
