package io.patop.watch.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Whose turn it is to be asked. Up to {@link #CROWD} members are all asked at each tick; of more than that each is
 * asked in its turn, the leader at each tick. Used by one thread.
 */
final class RequestQueue {

    /** {@code /cluster} may list members without end, and each request takes a connection and a thread. */
    static final int AT_ONCE = 100;

    /** Up to so many members are all asked at each tick. */
    static final int CROWD = 20;

    /** Of more than that so many a second: each request costs us, and the machines there, about 1 ms of CPU. */
    static final int EACH_SECOND = 50;

    private final Consumer<AskedNode> ask;
    private final Queue<AskedNode> waiting = new ArrayDeque<>();
    private int underWay;
    private long turns;

    /**
     * Turns of which none is taken yet.
     *
     * @param ask asks the node; {@link #ended} is called once for each
     */
    RequestQueue(Consumer<AskedNode> ask) {
        this.ask = ask;
    }

    /** All who are not being asked already; of a crowd the leader, and so many of those who wait longest. */
    List<AskedNode> due(Collection<AskedNode> nodes, String leader, Duration interval, Instant now) {
        List<AskedNode> ready = nodes.stream()
                .filter(node -> !node.isAsked && node.isWanted(now))
                .toList();
        long share = Math.max(CROWD, EACH_SECOND * interval.toMillis() / 1000);
        if (ready.size() <= share) {
            return ready;
        }
        return ready.stream()
                .sorted(Comparator.comparingLong(node -> node.name.equals(leader) ? 0 : node.turn))
                .limit(share)
                .toList();
    }

    /** The node is asked as soon as fewer than {@link #AT_ONCE} requests are under way. */
    void take(AskedNode node) {
        node.isAsked = true;
        node.isUnderWay = false;
        node.turn = ++turns;
        waiting.add(node);
        askNext();
    }

    /**
     * The node has answered, or has not in time.
     *
     * @param turn at which it was asked
     */
    void ended(AskedNode node, long turn) {
        underWay--;
        if (node.turn == turn) {
            node.isAsked = false;
            node.isUnderWay = false;
        }
        askNext();
    }

    /** The node has moved: it is asked anew, and what is under way to its old address is no longer waited for. */
    void takeAnew(AskedNode node) {
        if (!node.isAsked || node.isUnderWay) {
            take(node);
        }
    }

    private void askNext() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            underWay++;
            AskedNode node = waiting.remove();
            node.isUnderWay = true;
            ask.accept(node);
        }
    }
}
