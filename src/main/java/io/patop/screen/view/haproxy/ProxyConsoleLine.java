package io.patop.screen.view.haproxy;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.view.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A command line for HAProxy's stats socket while it is typed: the arrow keys recall earlier lines, and Tab inserts
 * the selected server's name.
 */
final class ProxyConsoleLine implements Prompt.Purpose {

    /** Number of lines that are kept, as in hatop. */
    private static final int REMEMBERED = 100;

    private final List<String> history;
    private final Optional<String> server;
    private final Consumer<String> entered;
    private int at;

    /**
     * Makes an empty line.
     *
     * @param history lines entered before, the oldest first; the new one is added to it
     * @param server the server name that Tab inserts
     * @param entered takes the whole line
     */
    ProxyConsoleLine(List<String> history, Optional<String> server, Consumer<String> entered) {
        this.history = history;
        this.server = server;
        this.entered = entered;
        this.at = history.size();
    }

    @Override
    public void entered(String text) {
        if (text.isBlank()) {
            return;
        }
        List<String> kept = new ArrayList<>(history);
        kept.remove(text);
        kept.add(text);
        history.clear();
        history.addAll(kept.subList(Math.max(0, kept.size() - REMEMBERED), kept.size()));
        entered.accept(text);
    }

    @Override
    public Optional<String> pressed(KeyStroke stroke, String text) {
        if (stroke.getKeyType() == KeyType.Tab) {
            return server.map(name -> text.isEmpty() || text.endsWith(" ") ? text + name : text + " " + name);
        }
        int step = stroke.getKeyType() == KeyType.ArrowUp ? -1 : stroke.getKeyType() == KeyType.ArrowDown ? 1 : 0;
        int to = Math.max(0, Math.min(history.size(), at + step));
        if (step == 0 || to == at) {
            return Optional.empty();
        }
        at = to;
        return Optional.of(to == history.size() ? "" : history.get(to));
    }
}
