package io.patop.command;

import io.patop.command.shell.Version;
import io.patop.watch.model.Action.MemberOperation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patop freeze MEMBER…}: freezes members after a question, by Docker or by what the cluster's entry names. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Freeze members: they accept connections and never answer.")
final class FreezeCommand implements Callable<Integer> {

    @Mixin
    private MemberFault fault;

    @Override
    public Integer call() {
        return fault.commit(MemberOperation.FREEZE);
    }
}
