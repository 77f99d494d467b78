package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The distributed configuration store as Patroni uses etcd's API version 3: a node's leader and member keys share one
 * lease, and so vanish at the same moment. While the store is down no lease expires; when it is back each lease has
 * its whole ttl again, as after an election in etcd.
 */
public final class Dcs {
    private final SimulatedClock agenda;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final NavigableMap<String, ObjectNode> members = new TreeMap<>();
    private Optional<String> leader = Optional.empty();
    private long lsn;
    private ObjectNode config;
    private DcsView.Sync sync = DcsView.Sync.EMPTY;
    private Optional<DcsView.Failover> failover = Optional.empty();
    private ArrayNode history = JsonNodeFactory.instance.arrayNode();
    private Optional<ObjectNode> failsafe = Optional.empty();
    private boolean up = true;

    /** The keys that Patroni's HA loop wakes up for. */
    enum Key {
        LEADER,
        STATUS,
        CONFIG
    }

    /** Called at each change of such a key. */
    interface Watcher {
        void changed(Key key);
    }

    private record Lease(long refreshed, long expires) {}

    Dcs(SimulatedClock agenda, ObjectNode config) {
        this.agenda = agenda;
        this.config = config;
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public boolean isUp() {
        return up;
    }

    void goDown() {
        up = false;
    }

    void comeUp() {
        up = true;
        leases.replaceAll((name, lease) -> grant(name));
    }

    public DcsView view() {
        return new DcsView(leader, new TreeMap<>(members), lsn, config, sync, failover, history, failsafe);
    }

    private long ttl() {
        return view().millis("ttl", 30);
    }

    /** Keeps the node's lease alive; like Patroni, no more often than each loop_wait. */
    void refreshLease(String node) {
        Lease lease = leases.get(node);
        if (lease == null || agenda.now() - lease.refreshed() >= view().millis("loop_wait", 10)) {
            leases.put(node, grant(node));
        }
    }

    private Lease grant(String node) {
        long expires = agenda.now() + ttl();
        agenda.after(ttl(), () -> expire(node));
        return new Lease(agenda.now(), expires);
    }

    private void expire(String node) {
        Lease lease = leases.get(node);
        if (up && lease != null && lease.expires() <= agenda.now()) {
            leases.remove(node);
            members.remove(node);
            if (leader.filter(node::equals).isPresent()) {
                deleteLeader(node);
            }
        }
    }

    void putMember(String node, ObjectNode data) {
        refreshLease(node);
        members.put(node, data);
    }

    /** Takes the leader key if it is free. */
    boolean acquireLeader(String node) {
        if (leader.isPresent()) {
            return false;
        }
        refreshLease(node);
        leader = Optional.of(node);
        tell(Key.LEADER);
        return true;
    }

    /** The leader's heartbeat. Returns false if the key is gone or another node's. */
    boolean updateLeader(String node) {
        if (leader.filter(node::equals).isEmpty()) {
            return false;
        }
        refreshLease(node);
        return true;
    }

    void deleteLeader(String node) {
        if (leader.filter(node::equals).isPresent()) {
            leader = Optional.empty();
            tell(Key.LEADER);
        }
    }

    void putLsn(long position) {
        if (lsn != position) {
            lsn = position;
            tell(Key.STATUS);
        }
    }

    public void putConfig(ObjectNode tree) {
        if (!config.equals(tree)) {
            config = tree;
            tell(Key.CONFIG);
        }
    }

    void putSync(DcsView.Sync value) {
        sync = value;
    }

    public void putFailover(Optional<DcsView.Failover> value) {
        failover = value;
    }

    void putHistory(ArrayNode lines) {
        history = lines;
    }

    void putFailsafe(Optional<ObjectNode> value) {
        failsafe = value;
    }

    private void tell(Key key) {
        watchers.forEach(watcher -> watcher.changed(key));
    }
}
