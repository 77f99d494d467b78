package io.patop.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.haproxy.AdminLevel;
import io.patop.haproxy.StatRow;
import io.patop.watch.ProxyStory;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.WatchedProxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be done to an HAProxy, and why not where it cannot. */
class ProxyAvailabilityTest {

    private final ReducerStory told = ReducerStory.healthy();

    @Test
    void anOrderNamesServerAndMember() {
        WatchedProxy proxy = watched(ProxyStory.of("a", "bc"));

        assertThat(action(ProxyAvailability.on(proxy, row(proxy, "one/a"), ServerAction.DRAIN)))
                .extracting(Action.OnProxy::text, action -> action.command().text(), Action::member, Action::breaks)
                .containsExactly(
                        "drain server one/a in HAProxy",
                        "set server one/a state drain",
                        java.util.Optional.of("a"),
                        false);
        assertThat(action(ProxyAvailability.onAll(proxy, row(proxy, "one/a"), ServerAction.DISABLE))
                        .command()
                        .text())
                .isEqualTo("disable server one/a;disable server two/a");
    }

    @Test
    void withoutAnAdminSocketTheReasonIsTold() {
        assertThat(why(watched(ProxyStory.of("a", "bc").level(AdminLevel.NONE)), "one/a"))
                .contains("no admin socket", "page", "--haproxy");
        assertThat(why(watched(ProxyStory.of("a", "bc").level(AdminLevel.USER)), "one/a"))
                .contains("level user", "level admin");
        told.tell(ProxyStory.silent(told));
        assertThat(why(told.dashboard().proxies().get(ProxyStory.NAME), "one/a"))
                .contains("connection refused");
    }

    @Test
    void onlyAServerWithAProperNameIsTouched() {
        WatchedProxy proxy = watched(ProxyStory.of("a", "bc").server("one", "x;shutdown", "UP"));

        assertThat(why(proxy, "one/FRONTEND")).contains("is none");
        assertThat(why(proxy, "one/x;shutdown")).contains("letters");
    }

    @Test
    void weightsStayWithinTheirBounds() {
        WatchedProxy proxy = watched(ProxyStory.of("a", "bc").server("one", "a", "UP", Map.of("weight", "250")));

        assertThat(action(ProxyAvailability.weight(proxy, row(proxy, "one/a"), 260))
                        .command()
                        .text())
                .isEqualTo("set weight one/a 256");
        assertThat(action(ProxyAvailability.weight(proxy, row(proxy, "one/b"), -3))
                        .command()
                        .text())
                .isEqualTo("set weight one/b 0");
        assertThat(ProxyAvailability.weight(proxy, row(proxy, "one/a"), 250))
                .isInstanceOf(Availability.Impossible.class);
    }

    private WatchedProxy watched(ProxyStory story) {
        return told.tell(story.at(told)).dashboard().proxies().get(ProxyStory.NAME);
    }

    private static StatRow row(WatchedProxy proxy, String key) {
        return proxy.status().view().orElseThrow().row(key).orElseThrow();
    }

    private static Action.OnProxy action(Availability availability) {
        return (Action.OnProxy) ((Availability.Possible) availability).action();
    }

    private static String why(WatchedProxy proxy, String key) {
        return ((Availability.Impossible) ProxyAvailability.on(proxy, row(proxy, key), ServerAction.DISABLE)).why();
    }
}
