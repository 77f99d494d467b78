package io.patop.command;

import io.patop.command.shell.Version;
import io.patop.watch.model.Action.MemberOperation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patop thaw MEMBER…}: thaws members after a question, by Docker or by what the cluster's entry names. */
@Command(
        name = "thaw",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Let frozen members go on.")
final class ThawCommand implements Callable<Integer> {

    @Mixin
    private MemberFault fault;

    @Override
    public Integer call() {
        return fault.commit(MemberOperation.THAW);
    }
}
