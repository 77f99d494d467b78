package io.patop.control.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which member of a DCS of three is meant, and whether it leads. */
class DcsMembersTest {

    /** {@code etcd} is a part of the names of all, and the whole name of one. */
    @ParameterizedTest
    @CsvSource({
        "etcd, patroni_etcd",
        "etcd2, patroni_etcd2",
        "patroni_etcd, patroni_etcd",
        "tcd3, patroni_etcd3",
    })
    void aNameWithoutItsStackIsWhole(String wanted, String meant) {
        assertThat(EngineFaults.chosen(Optional.of(wanted), places()))
                .extracting(Action.Inject.Place::container)
                .containsExactly(meant);
    }

    @Test
    void withoutANameAllAreMeant() {
        assertThat(EngineFaults.chosen(Optional.empty(), places())).hasSize(3);
    }

    /** Of three the others go on, so that the DCS is not stopped. */
    @Test
    void oneOfSeveralIsNotTheDcs() {
        assertThat(InjectedFault.DCS_STOP.textOfOne("patroni_etcd2"))
                .isEqualTo("stop a member of the DCS, patroni_etcd2");
        assertThat(InjectedFault.DCS_SLOW.textOfOne("patroni_etcd2"))
                .isEqualTo("let a member of the DCS, patroni_etcd2, send 16 kbit/s at most");
        assertThat(InjectedFault.PROXY_STOP.textOfOne("haproxy2")).isEqualTo("stop the proxy, haproxy2");
    }

    @Test
    void eachOfSeveralIsAnActionOfItsOwn() {
        FaultInjector two = new FaultInjector() {
            @Override
            public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
                return fault == InjectedFault.DCS_STOP && target.isPresent()
                        ? new Availability.Possible(new Action.Mend(target.get(), Optional.empty(), target.get()))
                        : new Availability.Impossible("no");
            }

            @Override
            public List<String> choices(InjectedFault fault, Dashboard dashboard) {
                return fault.on() == InjectedFault.On.DCS ? List.of("etcd", "etcd2") : List.of();
            }

            @Override
            public Optional<Action> undo(Action injected) {
                return Optional.empty();
            }

            @Override
            public List<Action> mending(Optional<String> member) {
                return List.of();
            }

            @Override
            public List<Lever<?>> levers() {
                return List.of();
            }
        };
        assertThat(two.actions(Optional.of("patroni1"), Dashboard.EMPTY))
                .extracting(Action::text)
                .containsExactly("etcd", "etcd2");
    }

    /** As etcd 3.5 says it. */
    @Test
    void aMemberThatLeadsHasTheLeadersNumber() {
        String status =
                "{\"header\":{\"cluster_id\":\"14841639068965178418\",\"member_id\":\"%s\",\"revision\":\"612\","
                        + "\"raft_term\":\"2\"},\"version\":\"3.5.30\",\"dbSize\":\"20480\",\"leader\":\"10276657743932975437\","
                        + "\"raftIndex\":\"640\",\"raftTerm\":\"2\"}";
        assertThat(EtcdLeader.leads(status.formatted("10276657743932975437"))).contains(true);
        assertThat(EtcdLeader.leads(status.formatted("9372538179322589801"))).contains(false);
    }

    /** Without a quorum there is no leader, and its number is left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{\"header\":{\"member_id\":\"1\"}}", "{\"error\":\"no\"}", "Not Found", "''"})
    void whatSaysNothingOfALeader(String status) {
        assertThat(EtcdLeader.leads(status)).isEmpty();
    }

    private static List<Action.Inject.Place> places() {
        return List.of(place("patroni_etcd"), place("patroni_etcd2"), place("patroni_etcd3"));
    }

    private static Action.Inject.Place place(String service) {
        return new Action.Inject.Place("0123456789ab", service, Optional.of(service), 1, List.of());
    }
}
