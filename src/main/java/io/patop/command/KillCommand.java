package io.patop.command;

import io.patop.command.shell.Version;
import io.patop.watch.model.Action.MemberOperation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code patop kill MEMBER…}: kills members after a question, by Docker or by what the cluster's entry names. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Kill members with SIGKILL: PostgreSQL and Patroni are gone at once.")
final class KillCommand implements Callable<Integer> {

    @Mixin
    private MemberFault fault;

    @Override
    public Integer call() {
        return fault.commit(MemberOperation.KILL);
    }
}
