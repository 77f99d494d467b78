package io.patop.command;

import io.patop.command.shell.Version;
import io.patop.watch.model.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patop freeze MEMBER…}: freezes members by the Docker Engine that runs them, after a question. */
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
        return fault.commit(Action.Verb.PAUSE);
    }
}
