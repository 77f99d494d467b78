package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.InjectedFault;
import io.patop.docker.DockerClient;
import java.util.Optional;

/** What faults need of an engine besides the cluster's own containers: the helpers' image, and netem in the kernel. */
public final class FaultMeans {

    private final DockerClient docker;
    private final String image;
    private volatile Optional<String> network = Optional.empty();
    private volatile Optional<String> netem = Optional.empty();

    FaultMeans(DockerClient docker, String image) {
        this.docker = docker;
        this.image = image;
    }

    /** Asks whether the engine has the helpers' image. Starts nothing. */
    public void lookForImage() {
        Answer<DockerClient.Done> found = docker.image(image);
        network = found.failure()
                .map(failure -> failure.kind() == Failure.Kind.ABSENT
                        ? "needs the image " + image + " on this engine, which has nft and tc (docker build -f"
                                + " dist/Dockerfile -t " + image + " .)"
                        : failure.message());
    }

    /** Asks for everything; a helper without a network of anybody's is started for that, for a moment. */
    public void lookForAll() {
        lookForImage();
        if (network.isPresent()) {
            return;
        }
        Answer<String> nft = docker.access()
                .runWithoutNetwork(image, "nft 'add table inet patop_test; delete table inet patop_test'");
        network = nft.failure()
                .map(failure -> "a helper of image " + image + " cannot change a packet filter: " + failure.message());
        if (network.isEmpty()) {
            netem = docker.access()
                    .runWithoutNetwork(image, NetworkFault.TC + "$tc qdisc add dev lo root netem delay 1ms")
                    .failure()
                    .map(failure -> "the kernel of this host has no netem: " + failure.message());
        }
    }

    /** What the fault needs and is known to be missing. */
    Optional<String> missing(InjectedFault fault) {
        return switch (fault) {
            case PARTITION, PARTITION_DCS, PARTITION_MEMBERS, LOSS, BANDWIDTH, DCS_SLOW -> network;
            case DELAY -> network.or(() -> netem);
            case DISK_SLOW -> Optional.of("Docker cannot slow down the disk of a container that runs");
            default -> Optional.empty();
        };
    }
}
