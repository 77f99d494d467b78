package io.patop.watch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.text.DurationText;
import io.patop.time.MeasuredDuration;
import io.patop.watch.ProxyStory;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.BackendPurpose;
import io.patop.watch.model.Disagreement;
import io.patop.watch.model.Event;
import io.patop.watch.model.Failover;
import io.patop.watch.model.MatchedServer;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Phase;
import io.patop.watch.model.ProxyAgreement;
import io.patop.watch.model.ProxyStatus;
import io.patop.watch.model.TrafficRates;
import io.patop.watch.model.WatchedProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what an HAProxy tells, beside what Patroni does. */
class ProxyRulesTest {

    private final ReducerStory told = ReducerStory.healthy();

    @Test
    void aBackendServesTheLeaderByWhatItsChecksLetThrough() {
        told.tell(ProxyStory.of("a", "bc").at(told));

        assertThat(proxy().purposes())
                .containsOnly(Map.entry("one", BackendPurpose.LEADER), Map.entry("two", BackendPurpose.REPLICAS));
        assertThat(proxy().routesTo()).contains("a");
        assertThat(agreement("one/a")).isEqualTo(ProxyAgreement.AGREED);
        assertThat(agreement("one/b")).isEqualTo(ProxyAgreement.AGREED);
        assertThat(proxy().disagreements()).isEmpty();
        assertThat(told.dashboard().events()).isEmpty();
    }

    @Test
    void withoutAPurposeNothingIsJudged() {
        told.tell(ProxyStory.of("abc", "abc").at(told));

        assertThat(proxy().purposes()).isEmpty();
        assertThat(agreement("one/b")).isEqualTo(ProxyAgreement.NOT_JUDGED);
    }

    @Test
    void aServerIsMatchedByItsAddressWhereItsNameIsNoMembers() {
        told.tell(ProxyStory.of("a", "bc")
                .server("one", "pg-left", "UP", Map.of("addr", "10.0.0." + (int) 'a' + ":5432"))
                .server("one", "elsewhere", "UP", Map.of("addr", "192.0.2.1:5432"))
                .at(told));

        assertThat(proxy().server("one/pg-left").flatMap(MatchedServer::member)).contains("a");
        assertThat(proxy().server("one/elsewhere").flatMap(MatchedServer::member))
                .isEmpty();
    }

    @Test
    void aContradictionIsAnEventWhenItLastsLongerThanChecksTake() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        ProxyStory wrong = ProxyStory.of("ab", "bc");

        wrong.goesOn(told, 3);
        assertThat(proxy().disagreements())
                .extracting(Disagreement::what)
                .containsExactly("two servers are UP: a and b", "server b is UP, and b does not lead");
        assertThat(told.kinds()).doesNotContain(Event.Kind.PROXY_DISAGREES);

        wrong.goesOn(told, 2);
        assertThat(told.kinds())
                .filteredOn(kind -> kind == Event.Kind.PROXY_DISAGREES)
                .hasSize(2);

        ProxyStory.of("a", "bc").goesOn(told, 1);
        assertThat(proxy().disagreements()).isEmpty();
        Event end = told.dashboard().events().get(told.dashboard().events().size() - 1);
        assertThat(end.kind()).isEqualTo(Event.Kind.PROXY_AGREES);
        assertThat(end.took().map(MeasuredDuration::longest)).contains(Duration.ofSeconds(5));
    }

    @Test
    void aLeaderHeldDownIsAContradiction() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        ProxyStory.of("", "bc").server("one", "a", "MAINT").goesOn(told, 4);

        assertThat(agreement("one/a")).isEqualTo(ProxyAgreement.LEADER_NOT_UP);
        assertThat(told.dashboard().events())
                .extracting(Event::text)
                .contains(
                        "HAProxy: server one/a is MAINT (was UP)",
                        "HAProxy disagrees with Patroni on one: a leads, and its server a is MAINT");
    }

    @Test
    void aShortContradictionIsTheOrdinaryCourse() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        ProxyStory.of("ab", "bc").goesOn(told, 2);
        ProxyStory.of("a", "bc").goesOn(told, 2);

        assertThat(told.kinds()).doesNotContain(Event.Kind.PROXY_DISAGREES, Event.Kind.PROXY_AGREES);
    }

    @Test
    void theProxyFollowsANewLeaderAsAPhaseOfTheFailover() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        told.seconds(1).silent("a");
        told.tell(ProxyStory.of("", "bc").at(told));
        told.seconds(9).cluster(ReducerStory.replica("b", 1, 0), ReducerStory.replica("c", 1, 0));
        told.seconds(1).cluster(ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        told.seconds(0.5).primary("b", 2, "c");
        told.seconds(0.5).tell(ProxyStory.of("", "bc").at(told));
        assertThat(failover().at(Phase.PROXY_ROUTES)).isEmpty();

        told.seconds(1).tell(ProxyStory.of("b", "c").at(told));

        assertThat(failover().until(Phase.PROXY_ROUTES).map(MeasuredDuration::least))
                .contains(Duration.ofMillis(10_998));
        Event followed = told.dashboard().events().stream()
                .filter(event -> event.kind() == Event.Kind.PROXY_FOLLOWED)
                .findFirst()
                .orElseThrow();
        assertThat(followed.took().map(DurationText::text))
                .as("since b leads, which the answer of /cluster before did not say")
                .contains("0.9 to 3.0 s");
        assertThat(followed.member()).contains("b");
    }

    @Test
    void aProxyThatRoutesToTwoHasNotFollowed() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        told.seconds(1).silent("a").seconds(10).cluster(ReducerStory.leader("b", 1), ReducerStory.replica("c", 1, 0));
        told.tell(ProxyStory.of("ab", "c").at(told));

        assertThat(failover().at(Phase.PROXY_ROUTES)).isEmpty();
    }

    @Test
    void aFailoverAwaitsTheProxyButNotForEver() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        told.seconds(1)
                .cluster(ReducerStory.leader("b", 1), ReducerStory.replica("a", 1, 0), ReducerStory.replica("c", 1, 0));
        told.primary("b", 2, "a", "c").standby("a", 2).standby("c", 2);
        ProxyStory held = ProxyStory.of("", "ac");
        told.tell(held.at(told));
        assertThat(told.dashboard().failover()).as("all are back but the proxy").isPresent();

        held.goesOn(told, 31);

        assertThat(told.dashboard().failover()).isEmpty();
        assertThat(told.dashboard().pastFailovers()).hasSize(1);
    }

    @Test
    void ratesAreDifferencesAndNeverNegative() {
        told.tell(counted(100, 5000).at(told));
        assertThat(flow().rates()).isEmpty();

        told.seconds(2).tell(counted(110, 7000).at(told));
        assertThat(flow().rates().map(TrafficRates.Rates::sessions)).contains(5.0);
        assertThat(flow().rates().map(TrafficRates.Rates::bytesIn)).contains(1000.0);

        told.seconds(0.2).tell(counted(111, 7100).at(told));
        assertThat(flow().rates().map(TrafficRates.Rates::sessions))
                .as("too short to tell")
                .contains(5.0);

        told.seconds(2).tell(counted(3, 10).up(1).at(told));
        assertThat(flow().rates()).as("the counters began again").isEmpty();
        assertThat(told.kinds()).contains(Event.Kind.PROXY_RESTARTED);

        told.seconds(2).tell(counted(5, 20).up(3).at(told));
        assertThat(flow().rates().map(TrafficRates.Rates::sessions)).contains(1.0);
        assertThat(flow().past()).extracting(Optional::isPresent).containsExactly(true, false, true);
    }

    @Test
    void aProxyThatGoesAwayKeepsWhatItToldAndComesBack() {
        told.tell(ProxyStory.of("a", "bc").at(told));
        told.seconds(1).tell(ProxyStory.silent(told)).seconds(1).tell(ProxyStory.silent(told));

        assertThat(proxy().answers()).isFalse();
        assertThat(proxy().status().view()).isPresent();
        assertThat(agreement("one/a")).as("what is old proves nothing").isEqualTo(ProxyAgreement.NOT_JUDGED);

        told.seconds(3).tell(ProxyStory.of("a", "bc").at(told));

        assertThat(told.kinds()).containsExactly(Event.Kind.PROXY_LOST, Event.Kind.PROXY_BACK);
        assertThat(told.dashboard().events().get(1).took().map(DurationText::text))
                .contains("1.0 to 5.0 s");
    }

    @Test
    void oneThatNeverAnsweredIsNoNews() {
        told.tell(ProxyStory.silent(told));

        assertThat(told.kinds()).isEmpty();
        assertThat(proxy().status()).isInstanceOf(ProxyStatus.Silent.class);
    }

    @Test
    void severalProxiesAreToldApart() {
        told.tell(ProxyStory.of("a", "bc").at(told))
                .tell(ProxyStory.of("a", "bc").at(told, "/run/other.sock"));
        told.seconds(1).tell(ProxyStory.of("", "bc").at(told, "/run/other.sock"));

        assertThat(told.dashboard().proxies()).hasSize(2);
        assertThat(told.dashboard().events().get(0).text())
                .isEqualTo("HAProxy /run/other.sock: server one/a is DOWN, check L7STS/503 (was UP)");
    }

    @Test
    void repliesAreKeptUpToABound() {
        for (int i = 0; i < WatchedProxy.REPLIES + 5; i++) {
            told.tell(new Observation.ProxyReplied(told.now(), ProxyStory.NAME, "show " + i, "answer", false));
        }

        assertThat(proxy().replies()).hasSize(WatchedProxy.REPLIES);
        assertThat(proxy().replies().get(0).command()).isEqualTo("show 5");
    }

    private static ProxyStory counted(long sessions, long bytes) {
        return ProxyStory.of("a", "bc").server("one", "a", "UP", Map.of("stot", "" + sessions, "bin", "" + bytes));
    }

    private TrafficRates flow() {
        return proxy().flows().get("one/a");
    }

    private Failover failover() {
        return told.dashboard().failover().orElseThrow();
    }

    private ProxyAgreement agreement(String key) {
        return proxy().agreement(
                        proxy().server(key).orElseThrow(), told.dashboard().leadership());
    }

    private WatchedProxy proxy() {
        return told.dashboard().proxies().get(ProxyStory.NAME);
    }
}
