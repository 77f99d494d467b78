package io.patop.screen.view;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line for the stats socket while it is typed: with the lines before it on the arrow keys, and Tab to put the
 * selected server's name in.
 */
final class ProxyConsoleLine implements Prompt.Purpose {

    /** As many as hatop keeps. */
    private static final int REMEMBERED = 100;

    private final List<String> history;
    private final Optional<String> server;
    private final Consumer<String> entered;
    private int at;

    /**
     * A line.
     *
     * @param history lines entered before, the oldest first; the new one is added to it
     * @param server that Tab puts in
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
