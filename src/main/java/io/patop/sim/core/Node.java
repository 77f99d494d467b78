package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One container of the cluster: a Patroni process with its PostgreSQL, and the faults at it. Everything that a node
 * schedules goes through {@link #after}, so that a kill forgets it and a freeze delays it.
 */
public final class Node {
    public final String name;
    public final SimulatedPatroni version;
    public final Postgres postgres = new Postgres();
    public final NodeLog log;
    private final SimulatedClock agenda;
    private final ObjectNode tags;

    public Life life = Life.STOPPED;
    public Endpoints.Address address = new Endpoints.Address("0.0.0.0", 0, 0);
    /** Time of the last change of {@code life}. */
    long lifeSince;

    public boolean cutFromDcs;
    public boolean cutFromMembers;
    public boolean slow;

    /** Patroni's cached view of the cluster; empty if the DCS could not be read. */
    public Optional<DcsView> view = Optional.empty();
    /** The last view that had a leader (Patroni's old_cluster). */
    Optional<DcsView> ledView = Optional.empty();

    public long dcsLastSeen;
    /** Time until which the node believes that it is the leader. */
    long leaderUntil;
    /** The asynchronous action in progress, in Patroni's words. */
    public Optional<String> action = Optional.empty();

    public Optional<ObjectNode> scheduledRestart = Optional.empty();
    Optional<String> failsafeLeader = Optional.empty();
    long failsafeUntil;
    boolean nosyncForNow;

    private boolean frozen;
    private int generation;
    private final List<Runnable> heldBack = new ArrayList<>();

    public enum Life {
        /** Patroni runs and answers. */
        RUNNING,
        /** Told to stop: its API is closed already. */
        STOPPING,
        /** No process and no address. */
        STOPPED
    }

    Node(SimulatedClock agenda, String name, SimulatedPatroni version, Map<String, String> tags) {
        this.agenda = agenda;
        this.log = new NodeLog(agenda);
        this.name = name;
        this.version = version;
        this.tags = JsonNodeFactory.instance.objectNode();
        tags.forEach(this::putTag);
    }

    private void putTag(String tag, String value) {
        switch (value) {
            case "true", "false" -> tags.put(tag, Boolean.parseBoolean(value));
            default -> {
                if (value.matches("-?\\d{1,9}")) {
                    tags.put(tag, Integer.parseInt(value));
                } else {
                    tags.put(tag, value);
                }
            }
        }
    }

    /** Returns the tags as the API gives them: those of the configuration, and nosync while the node leaves. */
    ObjectNode effectiveTags() {
        ObjectNode effective = tags.deepCopy();
        if (nosyncForNow) {
            effective.put("nosync", true);
        }
        return effective;
    }

    public boolean isTagged(String tag) {
        return tags.path(tag).asBoolean(false);
    }

    Optional<String> replicateFrom() {
        return Optional.ofNullable(tags.get("replicatefrom")).map(tag -> tag.asText());
    }

    /** Returns Patroni's word for the role of its PostgreSQL. */
    String roleWord() {
        return postgres.role.equals("primary") ? version.primaryWord() : postgres.role;
    }

    boolean isLeader() {
        return leaderUntil > agenda.now();
    }

    public boolean isUp() {
        return life == Life.RUNNING && !frozen;
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** Schedules an event for this node. A kill cancels it; a freeze delays it until the thaw. */
    public void after(long delay, Runnable event) {
        int planned = generation;
        agenda.after(delay, () -> {
            if (planned == generation) {
                runOrHoldBack(event);
            }
        });
    }

    private void runOrHoldBack(Runnable event) {
        if (frozen) {
            heldBack.add(event);
        } else {
            event.run();
        }
    }

    /**
     * Changes the life of the node and forgets everything that is scheduled, since its process is another one, or
     * none.
     */
    void become(Life next) {
        generation += 1;
        heldBack.clear();
        frozen = false;
        action = Optional.empty();
        leaderUntil = 0;
        failsafeUntil = 0;
        nosyncForNow = false;
        life = next;
        lifeSince = agenda.now();
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        List<Runnable> due = List.copyOf(heldBack);
        heldBack.clear();
        due.forEach(event -> after(0, event));
    }

    boolean isFailsafeActive() {
        return failsafeUntil > agenda.now();
    }
}
