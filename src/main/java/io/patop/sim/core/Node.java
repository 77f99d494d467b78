package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One container of the cluster: a Patroni process with its PostgreSQL, and what befalls them. All that a node
 * plans goes through {@link #after}, so that a kill forgets it and a freeze holds it back.
 */
public final class Node {
    public final String name;
    public final SimulatedPatroni version;
    public final Postgres postgres = new Postgres();
    private final SimulatedClock agenda;
    private final ObjectNode tags;

    public Life life = Life.STOPPED;
    public Endpoints.Address address = new Endpoints.Address("0.0.0.0", 0, 0);
    /** Since when the process is what it is. */
    long lifeSince;

    public boolean cutFromDcs;
    public boolean cutFromMembers;
    public boolean slow;

    /** Patroni's cached view of the cluster; empty when the DCS failed it. */
    public Optional<DcsView> view = Optional.empty();
    /** The last view that had a leader: old_cluster. */
    Optional<DcsView> ledView = Optional.empty();

    public long dcsLastSeen;
    /** Until when it believes itself the leader. */
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
        /** No process, no address. */
        STOPPED
    }

    Node(SimulatedClock agenda, String name, SimulatedPatroni version, Map<String, String> tags) {
        this.agenda = agenda;
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

    /** As the API gives them: those of the configuration, and nosync while it leaves. */
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

    /** Patroni's word for the role of its PostgreSQL. */
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

    /** Lets this node do something later, unless it is killed before; frozen, it does it when thawed. */
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

    /** Forgets all that it planned: its process is another, or none. */
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
