package io.patop.watch.model;

import io.patop.cluster.Member;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The members of a cluster, sorted by name. It is immutable, and a changed copy costs one copy of an array, which is
 * cheap enough to make one for each observation even with 10,000 members.
 */
@SuppressWarnings("JdkObsolete")
public // nobody needs the neighbours of a name
final class Roster extends AbstractMap<String, WatchedMember> implements SortedMap<String, WatchedMember> {

    private static final Roster EMPTY = new Roster(new WatchedMember[0], Optional.empty());

    private final WatchedMember[] members;

    /**
     * The names of listed members by the address that they published. Computed at the first use; every thread
     * computes the same.
     */
    private volatile Optional<Map<String, List<String>>> addresses;

    private Roster(WatchedMember[] members, Optional<Map<String, List<String>>> addresses) {
        this.members = members;
        this.addresses = addresses;
    }

    /** The names of the listed members whose published REST API has that host and port. */
    public List<String> listedAt(String authority) {
        if (addresses.isEmpty()) {
            Map<String, List<String>> index = new HashMap<>();
            for (WatchedMember member : members) {
                member.listed()
                        .filter(listed -> member.isListed())
                        .flatMap(Member::apiUrl)
                        .ifPresent(url -> index.computeIfAbsent(url.getRawAuthority(), none -> new ArrayList<>())
                                .add(member.name()));
            }
            addresses = Optional.of(index);
        }
        return Collections.unmodifiableList(addresses.orElseThrow().getOrDefault(authority, List.of()));
    }

    /** A roster of those members, each under its own name. */
    public static Roster of(Map<String, WatchedMember> members) {
        if (members instanceof Roster roster) {
            return roster;
        }
        Editor editor = new Editor(EMPTY);
        members.values().forEach(editor::put);
        return editor.roster();
    }

    private static int place(WatchedMember[] members, String name) {
        int low = 0;
        int high = members.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = members[middle].name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** A roster while one call of the reducer changes it, member by member. */
    public static final class Editor {
        private WatchedMember[] known;
        private final Roster before;
        private boolean relisted;
        private boolean shared = true;
        private final SortedMap<String, WatchedMember> joined = new TreeMap<>();

        public Editor(Roster before) {
            known = before.members;
            this.before = before;
        }

        /** How many members there are now. */
        public int size() {
            return known.length + joined.size();
        }

        public Optional<WatchedMember> get(String name) {
            int place = place(known, name);
            return place >= 0 ? Optional.of(known[place]) : Optional.ofNullable(joined.get(name));
        }

        public void put(WatchedMember member) {
            int place = place(known, member.name());
            if (place < 0) {
                joined.put(member.name(), member);
                relisted = true;
            } else {
                if (!known[place].listed().equals(member.listed()) || known[place].isListed() != member.isListed()) {
                    relisted = true;
                }
                known = shared ? known.clone() : known;
                shared = false;
                known[place] = member;
            }
        }

        public void retain(Collection<WatchedMember> kept) {
            known = kept.toArray(WatchedMember[]::new);
            Arrays.sort(known, Comparator.comparing(WatchedMember::name));
            joined.clear();
            relisted = true;
            shared = false;
        }

        /** The roster as it is now; later changes do not affect it. */
        public Roster roster() {
            if (!joined.isEmpty()) {
                merge();
            }
            shared = true;
            return new Roster(known, relisted ? Optional.empty() : before.addresses);
        }

        private void merge() {
            WatchedMember[] all = new WatchedMember[known.length + joined.size()];
            int old = 0;
            int at = 0;
            for (WatchedMember member : joined.values()) {
                while (old < known.length && known[old].name().compareTo(member.name()) < 0) {
                    all[at++] = known[old++];
                }
                all[at++] = member;
            }
            System.arraycopy(known, old, all, at, known.length - old);
            known = all;
            joined.clear();
        }
    }

    @Override
    public int size() {
        return members.length;
    }

    @Override
    @SuppressWarnings("NullAway") // as Map has it
    public WatchedMember get(Object name) {
        int place = name instanceof String text ? place(members, text) : -1;
        return place < 0 ? null : members[place];
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public List<WatchedMember> values() {
        return Collections.unmodifiableList(Arrays.asList(members));
    }

    @Override
    public Set<Entry<String, WatchedMember>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, WatchedMember>> iterator() {
                return values().stream()
                        .map(member -> Map.entry(member.name(), member))
                        .iterator();
            }

            @Override
            public int size() {
                return members.length;
            }
        };
    }

    @Override
    @SuppressWarnings("NullAway") // as SortedMap has it
    public Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public String firstKey() {
        return name(0);
    }

    @Override
    public String lastKey() {
        return name(members.length - 1);
    }

    private String name(int place) {
        if (members.length == 0) {
            throw new NoSuchElementException("no members");
        }
        return members[place].name();
    }

    @Override
    public SortedMap<String, WatchedMember> subMap(String from, String to) {
        return tree().subMap(from, to);
    }

    @Override
    public SortedMap<String, WatchedMember> headMap(String to) {
        return tree().headMap(to);
    }

    @Override
    public SortedMap<String, WatchedMember> tailMap(String from) {
        return tree().tailMap(from);
    }

    private SortedMap<String, WatchedMember> tree() {
        return Collections.unmodifiableSortedMap(new TreeMap<String, WatchedMember>(this));
    }
}
