package io.patop.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumberSetTest {

    @Property
    void itHoldsTheNumbersAndKnowsThoseThatCameTwice(@ForAll List<@IntRange(min = 1, max = 60) Integer> given) {
        NumberSet set =
                NumberSet.of(given.stream().mapToLong(Integer::longValue).toArray());
        TreeSet<Long> wanted = new TreeSet<>();
        TreeSet<Long> twice = new TreeSet<>();
        given.forEach(number -> {
            if (!wanted.add(number.longValue())) {
                twice.add(number.longValue());
            }
        });

        List<Long> held = new ArrayList<>();
        set.forEach(held::add);
        assertThat(held).containsExactlyElementsOf(wanted);
        assertThat(set.size()).isEqualTo(wanted.size());
        assertThat(set.repeated())
                .containsExactly(twice.stream().mapToLong(Long::longValue).toArray());
        List<Long> missing = new ArrayList<>();
        set.forEachMissing(10, 50, missing::add);
        for (long number = 1; number <= 60; number++) {
            assertThat(set.contains(number)).isEqualTo(wanted.contains(number));
            assertThat(missing.contains(number)).isEqualTo(number > 10 && number <= 50 && !wanted.contains(number));
        }
    }
}
