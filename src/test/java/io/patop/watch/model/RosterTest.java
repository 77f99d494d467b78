package io.patop.watch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Members by name: behaves as a sorted map does that nobody can change. */
class RosterTest {

    @Test
    void isAsATreeWouldBe() {
        Random chance = new Random(5);
        Map<String, WatchedMember> tree = new TreeMap<>();
        Roster roster = Roster.of(Map.of());
        for (int round = 0; round < 200; round++) {
            Roster.Editor editor = new Roster.Editor(roster);
            for (int i = 0; i < chance.nextInt(5); i++) {
                WatchedMember member = WatchedMember.unknown("m" + chance.nextInt(300))
                        .withStanding(
                                chance.nextBoolean() ? WatchedMember.Standing.DOWN : WatchedMember.Standing.LEADS);
                editor.put(member);
                tree.put(member.name(), member);
                assertThat(editor.get(member.name())).contains(member);
                if (chance.nextInt(3) == 0) {
                    assertThat(editor.roster()).isEqualTo(tree);
                }
            }
            roster = editor.roster();

            assertThat(roster).isEqualTo(tree).hasSameHashCodeAs(tree);
            assertThat(roster.keySet()).containsExactlyElementsOf(tree.keySet());
            assertThat(List.copyOf(roster.values())).isEqualTo(List.copyOf(tree.values()));
        }
        assertThat(roster.firstKey()).isEqualTo(((TreeMap<String, WatchedMember>) tree).firstKey());
        assertThat(roster.lastKey()).isEqualTo(((TreeMap<String, WatchedMember>) tree).lastKey());
        assertThat(roster.headMap("m2")).isEqualTo(((TreeMap<String, WatchedMember>) tree).headMap("m2"));
        assertThat(roster.get("nobody")).isNull();
    }

    @Test
    void whatWasTakenFromAnEditorStaysAsItWas() {
        Roster.Editor editor = new Roster.Editor(Roster.of(Map.of()));
        editor.put(WatchedMember.unknown("a"));
        Roster before = editor.roster();
        editor.put(WatchedMember.unknown("a").withStanding(WatchedMember.Standing.DOWN));
        editor.put(WatchedMember.unknown("b"));

        assertThat(before).hasSize(1).containsEntry("a", WatchedMember.unknown("a"));
        assertThatThrownBy(() -> before.put("c", WatchedMember.unknown("c")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Roster.of(Map.of()).firstKey()).isInstanceOf(NoSuchElementException.class);
    }
}
