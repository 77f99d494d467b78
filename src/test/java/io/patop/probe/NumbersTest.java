package io.patop.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void numbersOneAfterTheOtherAreOneRange() {
        Numbers numbers = Numbers.of(3, 1, 2, 7, 9, 8, 3);

        assertThat(numbers.ranges()).containsExactly(new Numbers.Range(1, 3), new Numbers.Range(7, 9));
        assertThat(numbers.count()).isEqualTo(6);
        assertThat(numbers.text(5)).isEqualTo("1-3, 7-9");
        assertThat(numbers.text(1)).isEqualTo("1-3 and 3 more");
        assertThat(Numbers.NONE.text(3)).isEmpty();
    }

    @Test
    void setsBehaveAsSets() {
        Random chance = new Random(1);
        for (int round = 0; round < 500; round++) {
            Set<Long> left = some(chance);
            Set<Long> right = some(chance);
            Set<Long> both = new TreeSet<>(left);
            both.addAll(right);
            Set<Long> without = new TreeSet<>(left);
            without.removeAll(right);
            Set<Long> common = new TreeSet<>(left);
            common.retainAll(right);

            assertThat(of(left).and(of(right))).isEqualTo(of(both));
            assertThat(of(left).without(of(right))).isEqualTo(of(without));
            assertThat(of(left).common(of(right))).isEqualTo(of(common));
            assertThat(of(left).count()).isEqualTo(left.size());
        }
    }

    @Test
    void rangesThatTouchAreRefused() {
        assertThatThrownBy(() -> new Numbers(List.of(new Numbers.Range(1, 2), new Numbers.Range(3, 4))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Numbers.Range(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Long> some(Random chance) {
        Set<Long> set = new TreeSet<>();
        for (int i = chance.nextInt(20); i > 0; i--) {
            set.add((long) chance.nextInt(25));
        }
        return set;
    }

    private static Numbers of(Set<Long> set) {
        return Numbers.of(set.stream().mapToLong(Long::longValue).toArray());
    }
}
