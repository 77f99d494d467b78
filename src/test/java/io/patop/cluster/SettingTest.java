package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingTest {

    private static final DynamicConfig CONFIG = new DynamicConfig(Map.of(
            "ttl", 20, "postgresql", Map.of("parameters", Map.of("work_mem", "8MB"), "pg_hba", List.of("local all"))));

    @Test
    void whatIsNotSetIsThereWithItsDefault() {
        assertThat(setting("ttl").value()).contains(20);
        assertThat(setting("ttl").standard()).contains(30);
        assertThat(setting("loop_wait").set()).isFalse();
        assertThat(setting("loop_wait").counts()).contains(10);
        assertThat(setting("postgresql").section()).isTrue();
        assertThat(setting("postgresql.parameters.work_mem").depth()).isEqualTo(2);
        assertThat(setting("postgresql.parameters.max_connections").counts()).contains(100);
        assertThat(setting("postgresql.pg_hba").value()).contains(List.of("local all"));
    }

    @Test
    void aSettingIsChangedAddedAndRemoved() {
        assertThat(Setting.with(CONFIG, "ttl", Optional.of(40L)).tree()).containsEntry("ttl", 40L);
        assertThat(Setting.with(CONFIG, "ttl", Optional.empty()).tree()).doesNotContainKey("ttl");
        DynamicConfig added = Setting.with(CONFIG, "a.b.c", Optional.of(true));
        assertThat(added.tree()).containsEntry("a", Map.of("b", Map.of("c", true)));
        assertThatThrownBy(() -> Setting.with(CONFIG, "ttl.x", Optional.of(1L)))
                .hasMessage("ttl is no section: it has nothing below it");
        assertThatThrownBy(() -> Setting.with(CONFIG, "a..b", Optional.of(1L))).hasMessageContaining("a..b");
    }

    @Test
    void typedTextMeansWhatYamlSays() {
        assertThat(Setting.typed(" 20 ")).contains(20L);
        assertThat(Setting.typed("-1")).contains(-1L);
        assertThat(Setting.typed("1.5")).contains(1.5);
        assertThat(Setting.typed("on")).contains(true);
        assertThat(Setting.typed("'on'")).contains("on");
        assertThat(Setting.typed("128MB")).contains("128MB");
        assertThat(Setting.typed("007")).contains("007");
        assertThat(Setting.typed("null")).isEmpty();
        assertThat(Setting.typed("")).isEmpty();
        assertThatThrownBy(() -> Setting.typed("[1, 2]")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changesBecomeThePatchThatMakesThem() {
        Map<String, Object> tree = new LinkedHashMap<>(CONFIG.tree());
        tree.put("ttl", 25);
        tree.remove("postgresql");
        tree.put("standby", Map.of("host", "x"));
        ConfigChanges changes = ConfigChanges.between(CONFIG, new DynamicConfig(tree));

        assertThat(changes.patch())
                .containsEntry("ttl", 25)
                .containsEntry("postgresql", null)
                .containsEntry("standby", Map.of("host", "x"))
                .hasSize(3);
        assertThat(ConfigChanges.between(
                                CONFIG, Setting.with(CONFIG, "postgresql.parameters.work_mem", Optional.empty()))
                        .text("to"))
                .isEqualTo("postgresql.parameters.work_mem: 8MB to not set");
        assertThat(ConfigChanges.between(CONFIG, CONFIG).isEmpty()).isTrue();
    }

    private static Setting setting(String name) {
        return Setting.of(CONFIG).stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
