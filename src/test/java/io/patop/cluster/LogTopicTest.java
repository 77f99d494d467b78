package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of Patroni's log, in the words of its releases 2.0 to 4.1. */
class LogTopicTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-29 00:38:34,123 INFO: Demoting self (immediate-nolock) | DEMOTED",
                "INFO: demoted self because failed to update leader lock in DCS | DEMOTED",
                "INFO: demoting self because DCS is not accessible and I was a leader | DEMOTED",
                "ERROR: failed to update leader lock | DEMOTED",
                "INFO: Leader key released | DEMOTED",
                "INFO: Lost lock while starting up. Demoting self. | DEMOTED",
                "INFO: not healthy enough for leader race | NOT_PROMOTED",
                "INFO: following a different leader because i am not the healthiest node | NOT_PROMOTED",
                "INFO: following new leader after trying and failing to obtain lock | NOT_PROMOTED",
                "INFO: Could not acquire leader lock | NOT_PROMOTED",
                "INFO: My wal position exceeds maximum replication lag | NOT_PROMOTED",
                "INFO: Wal position of node2 is ahead of my wal position | NOT_PROMOTED",
                "WARNING: Primary (node1) is still alive | NOT_PROMOTED",
                "INFO: promoted self to leader by acquiring session lock | PROMOTED",
                "INFO: cleared rewind state after becoming the leader | PROMOTED",
                "WARNING: Request failed to node1: GET http://10.0.0.1:8008/patroni (timed out) | ASKED",
                "ERROR: Error communicating with DCS | DCS",
                "INFO: DCS is not accessible | DCS",
                "INFO: running pg_rewind from node2 | REWIND",
                "INFO: pg_rewind exit code=0 | REWIND",
                "INFO: reinitializing due to diverged timelines | REWIND",
                "INFO: doing crash recovery in a single user mode | RECOVERED",
                "INFO: starting as a secondary | RECOVERED",
                "INFO: manual failover: demoting myself | MANUAL",
                "INFO: no action. I am (node1), the leader with the lock | ROLE",
                "INFO: no action.  i am a secondary and i am following a leader | ROLE",
                "INFO: Lock owner: node1; I am node2 | ROLE",
                "{\"asctime\": \"x\", \"levelname\": \"INFO\", \"message\": \"pg_rewind exit code=1\"} | REWIND"
            })
    void tells(String line, LogTopic topic) {
        assertThat(LogTopic.of(line)).contains(topic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOG:  database system is ready to accept connections",
                "INFO: Reloading PostgreSQL configuration.",
                "FATAL:  sorry, too many clients already",
                ""
            })
    void tellsNothing(String line) {
        assertThat(LogTopic.of(line)).isEqualTo(Optional.empty());
    }

    @Test
    void onlyWhatComesInEachLoopRepeats() {
        assertThat(LogTopic.ROLE.repeats()).isTrue();
        assertThat(LogTopic.DEMOTED.repeats()).isFalse();
    }
}
