package io.patop.command;

import picocli.CommandLine.Option;

/** The option by which a person answers every question beforehand; it has the names that other programs give it. */
final class Force {

    @Option(
            names = {"-y", "--yes", "--force"},
            description = "Do not ask.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
