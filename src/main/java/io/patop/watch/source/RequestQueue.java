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
 * Decides which members are asked at each tick. Up to {@link #CROWD} members are all asked at each tick; in a larger
 * cluster the leader is, and the others take turns. Used by one thread.
 */
final class RequestQueue {

    /**
     * How many requests may be under way at once. {@code /cluster} may list any number of members, and each request
     * takes a connection and a thread.
     */
    static final int AT_ONCE = 100;

    /** Up to this many members are all asked at each tick, however short the interval is. */
    static final int CROWD = 20;

    /**
     * How many members of a larger cluster are asked each second. Each request costs about 1 ms of CPU, here and on
     * the node's machine.
     */
    static final int EACH_SECOND = 50;

    private final Consumer<AskedNode> ask;
    private final Queue<AskedNode> waiting = new ArrayDeque<>();
    private int underWay;
    private long turns;

    /**
     * A queue without requests.
     *
     * @param ask asks the node; {@link #ended} is called once for each call
     */
    RequestQueue(Consumer<AskedNode> ask) {
        this.ask = ask;
    }

    /**
     * The members to ask at this tick: all that are not being asked already, or, if those are too many, the leader
     * and those that wait longest.
     */
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

    /** Queues the node, which is asked as soon as fewer than {@link #AT_ONCE} requests are under way. */
    void take(AskedNode node) {
        node.isAsked = true;
        node.isUnderWay = false;
        node.turn = ++turns;
        waiting.add(node);
        askNext();
    }

    /**
     * Notes that the node has answered, or has failed to in time.
     *
     * @param turn the node's {@link AskedNode#turn} when it was asked
     */
    void ended(AskedNode node, long turn) {
        underWay--;
        if (node.turn == turn) {
            node.isAsked = false;
            node.isUnderWay = false;
        }
        askNext();
    }

    /** Queues a node that has moved, without waiting for a request that is under way to its old address. */
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
