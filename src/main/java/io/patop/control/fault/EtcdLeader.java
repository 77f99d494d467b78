package io.patop.control.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.ContainerAccess;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the members of an etcd who leads them, each by a helper in its own network, since patop itself may not reach
 * them. Without TLS only.
 *
 * @param access by which helpers run
 * @param image of the helpers: it has {@code sh} and {@code wget}
 */
record EtcdLeader(ContainerAccess access, String image) {

    /** The gateway's older path is that of etcd 3.3. */
    private static final String ASK = "for v in v3 v3beta; do wget -q -T 3 -O - --post-data '{}'"
            + " http://127.0.0.1:2379/$v/maintenance/status && exit 0; done; exit 1";

    private static final JsonMapper JSON = new JsonMapper();

    /** The member that says that it leads; a failure if none does. */
    Answer<String> among(List<Action.Inject.Place> members) {
        String why = "no etcd is seen in Docker beside the members";
        for (Action.Inject.Place member : members) {
            if (member.containerId().isEmpty()) {
                continue;
            }
            Answer<String> said = access.runInNetworkOf(member.containerId(), image, ASK);
            Optional<Boolean> leads = said.value().flatMap(EtcdLeader::leads);
            if (leads.filter(yes -> yes).isPresent()) {
                return new Answer.Given<>(member.container(), Duration.ZERO);
            }
            why = leads.isPresent()
                    ? "none of them says that it does"
                    : member.container() + " does not tell"
                            + said.failure()
                                    .map(failure -> ": " + failure.message())
                                    .orElse("");
        }
        return new Answer.Missing<>(
                new Failure(Failure.Kind.REJECTED, "it is not known who leads the DCS: " + why), Duration.ZERO);
    }

    /** Whether a member leads, by its status; empty if that is not in it. */
    static Optional<Boolean> leads(String status) {
        try {
            JsonNode all = JSON.readTree(status);
            String self = all.path("header").path("member_id").asText();
            String leader = all.path("leader").asText();
            return self.isEmpty() || leader.isEmpty() ? Optional.empty() : Optional.of(self.equals(leader));
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }
}
