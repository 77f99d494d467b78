package io.patop.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Failure;
import io.patop.patroni.ApiUrl;
import io.patop.watch.model.Observation;
import io.patop.watch.source.ClusterRequests;
import io.patop.watch.source.PatroniSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Where a member is asked that has several addresses: what it publishes now, what it published before, and seeds. The
 * cluster is one of Patroni 3.2 or later, whose nodes tell their names. Each node has one address of its own at
 * first, as a container has.
 */
class AddressChangesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final FakeNodes nodes = new FakeNodes();
    private final Session session = new Session();
    private final List<Observation> seen = new ArrayList<>();
    private final List<ApiUrl> seeds = new ArrayList<>();
    private final Map<String, ApiUrl> byMember = new HashMap<>();
    private final PatroniSource source = new PatroniSource(
            nodes,
            new PatroniSource.Seeds() {
                @Override
                public List<ApiUrl> urls() {
                    return seeds;
                }

                @Override
                public Map<String, ApiUrl> byMember() {
                    return byMember;
                }
            },
            observation -> {
                seen.add(observation);
                session.accept(observation);
            },
            () -> SECOND,
            time.clock(),
            time);

    @BeforeEach
    void threeMembersFoundByDocker() {
        for (String name : List.of("a", "b", "c")) {
            seeds.add(ApiUrl.parse(name + ":8091"));
            nodes.answers(name + ":8091", told(name));
        }
        publishes("a", "a:8091");
    }

    @AfterEach
    void endsSilently() {
        source.close();
    }

    /** Scaled to 0 and to 1 (4.1.5): the new address is published some seconds before the API answers there. */
    @Test
    void aMemberIsFollowedToAnAddressAtWhichItAnswersLater() {
        source.start();
        time.pass(Duration.ofSeconds(3));
        gone("a:8091", Failure.Kind.REFUSED);
        time.pass(Duration.ofSeconds(5));
        publishes("a", "d:8091");
        time.pass(Duration.ofSeconds(4));
        assertThat(isSilent("a")).isTrue();

        nodes.answers("d:8091", told("a"));
        time.pass(Duration.ofSeconds(2));

        assertThat(lastAnswerOf("a")).contains("d");
        assertThat(isSilent("a")).isFalse();
    }

    /** Of an address that is gone nothing comes back, not even a refusal. */
    @Test
    void anOldAddressThatHangsHoldsUpTheNewOneNotATick() {
        source.start();
        time.pass(Duration.ofSeconds(3));
        nodes.hangs("a:8091").clusterHangs("a:8091");
        time.pass(SECOND);
        publishes("a", "d:8091");
        nodes.answers("d:8091", told("a"));
        time.pass(SECOND.plus(ClusterRequests.SLOW));

        assertThat(lastAnswerOf("a")).contains("d");
        nodes.timesOut("a:8091");
        time.pass(SECOND);
        assertThat(isSilent("a")).as("what the old address did comes too late").isFalse();
    }

    /** Docker shows the new address before Patroni publishes it. */
    @Test
    void aNewSeedThatTellsTheNameIsEnough() {
        source.start();
        time.pass(Duration.ofSeconds(3));
        gone("a:8091", Failure.Kind.REFUSED);
        time.pass(Duration.ofSeconds(2));
        seeds.set(0, ApiUrl.parse("d:8091"));
        nodes.answers("d:8091", told("a"));
        time.pass(Duration.ofSeconds(7));

        assertThat(lastAnswerOf("a")).contains("d");
    }

    @Test
    void anAddressThatPassedToAnotherMemberIsNotAskedInItsPlace() {
        source.start();
        time.pass(Duration.ofSeconds(3));
        gone("a:8091", Failure.Kind.REFUSED);
        time.pass(SECOND);
        publishes("a", "d:8091");
        nodes.answers("a:8091", told("b"));
        time.pass(Duration.ofSeconds(3));
        assertThat(isSilent("a")).isTrue();

        nodes.answers("d:8091", told("a"));
        time.pass(Duration.ofSeconds(2));
        assertThat(lastAnswerOf("a")).contains("d");
    }

    /** Behind mapped ports: what is published is out of reach, now as before. */
    @Test
    void aMappedPortIsComeBackToAfterANewAddressOutOfReach() {
        behindMappedPorts();
        source.start();
        time.pass(Duration.ofSeconds(3));
        assertThat(lastAnswerOf("a")).contains("ports");
        assertThat(seen).as("no alarm before all is tried").noneMatch(Observation.NodeFailed.class::isInstance);

        gone("ports:1", Failure.Kind.REFUSED);
        time.pass(Duration.ofSeconds(2));
        assertThat(isSilent("a")).isTrue();
        publishes("a", "d:8091");
        time.pass(Duration.ofSeconds(2));
        nodes.answers("ports:1", told("a"));
        time.pass(Duration.ofSeconds(2));

        assertThat(isSilent("a")).isFalse();
        assertThat(lastAnswerOf("a")).contains("ports");
    }

    /** At the start one of the seeds is down; nobody knows whose it is. */
    @Test
    void aSeedIsAskedAgainWhoseMemberWasDownAtFirst() {
        behindMappedPorts();
        nodes.down("ports:3");
        source.start();
        time.pass(Duration.ofSeconds(3));
        assertThat(isSilent("c")).isTrue();

        nodes.answers("ports:3", told("c"));
        time.pass(Duration.ofSeconds(6));
        assertThat(lastAnswerOf("c")).contains("ports");
    }

    @Test
    void aPersonsOwnUrlIsAskedWhateverIsPublished() {
        byMember.put("a", ApiUrl.parse("localhost:8091"));
        nodes.answers("localhost:8091", told("a"));
        source.start();
        time.pass(Duration.ofSeconds(3));
        nodes.down("localhost:8091");
        publishes("a", "d:8091");
        nodes.answers("d:8091", told("a")).asked.clear();
        time.pass(Duration.ofSeconds(3));
        assertThat(isSilent("a")).isTrue();
        assertThat(nodes.asked).noneMatch(request -> request.equals("d:8091/patroni"));

        nodes.answers("localhost:8091", told("a"));
        time.pass(Duration.ofSeconds(2));
        assertThat(lastAnswerOf("a")).contains("localhost");
    }

    private void behindMappedPorts() {
        seeds.clear();
        int port = 1;
        for (String name : List.of("a", "b", "c")) {
            ApiUrl seed = ApiUrl.parse("ports:" + port++);
            seeds.add(seed);
            nodes.answers(seed.host() + ":" + seed.port(), told(name));
            nodes.down(name + ":8091");
        }
        publishes("a", "a:8091");
    }

    /** What all nodes list; {@code down} forgets it. */
    private void publishes(String member, String address) {
        String[] listed = List.of("a", "b", "c").stream()
                .map(name -> (name.equals("b") ? ReducerStory.leader(name, 1) : ReducerStory.replica(name, 1, 0))
                        .replace("http://" + member + ":8091", "http://" + address))
                .toArray(String[]::new);
        seeds.forEach(seed -> nodes.sees(seed.host() + ":" + seed.port(), listed));
    }

    private void gone(String node, Failure.Kind kind) {
        nodes.down(node).clusterFails(node, kind);
    }

    private Optional<String> lastAnswerOf(String member) {
        return seen.stream()
                .filter(Observation.NodeAnswered.class::isInstance)
                .map(Observation.NodeAnswered.class::cast)
                .filter(answer -> answer.member().equals(member))
                .reduce((first, second) -> second)
                .map(answer -> answer.url().getHost());
    }

    private boolean isSilent(String member) {
        return session.dashboard().member(member).orElseThrow().isSilent();
    }

    private static String told(String name) {
        return "{\"state\":\"running\",\"role\":\"replica\",\"timeline\":1,\"patroni\":{\"name\":\"" + name + "\"}}";
    }
}
