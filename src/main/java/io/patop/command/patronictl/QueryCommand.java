package io.patop.command.patronictl;

import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code patop query}: says how to run a query without patop. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Query a member's PostgreSQL: left to psql.")
public final class QueryCommand implements Callable<Integer> {

    /** Arguments that are accepted and ignored, since the answer is always the same. */
    @Unmatched
    @SuppressWarnings("UnusedVariable")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.USAGE,
                "query needs a database user, which the REST API knows nothing of:"
                        + " psql \"$(patop dsn [-r ROLE|-m MEMBER]) user=USER dbname=DB\" -c SQL");
    }
}
