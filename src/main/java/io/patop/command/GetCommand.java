package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.RawAnswer;
import io.patop.command.patronictl.Cluster;
import io.patop.command.shell.ColorOption;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Output;
import io.patop.command.shell.Terminals;
import io.patop.command.shell.Threads;
import io.patop.command.shell.Version;
import io.patop.json.JqPath;
import io.patop.json.Json;
import io.patop.json.JsonReader;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.text.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patop get}: prints what an endpoint answers, as {@code curl | jq} does. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Print what an endpoint of a member answers: laid out and coloured on a terminal, byte for byte"
                + " in a pipe.")
final class GetCommand implements Callable<Integer> {

    /** Largest body with --path, which has to be held whole. */
    private static final int LARGEST_TREE = 8 << 20;

    @Parameters(index = "0", paramLabel = "MEMBER", description = "A member's name, or the URL of its REST API.")
    private String member;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            defaultValue = "/patroni",
            description = "With its query, as in \"/replica?lag=1MB\"; /patroni if there is none.")
    private String path;

    @Mixin
    private Connection connection;

    @Mixin
    private ColorOption color;

    @Option(
            names = {"-i", "--include"},
            description = "Print the status and the headers first.")
    private boolean include;

    @Option(
            names = "--path",
            paramLabel = "JQPATH",
            description = "Only what this path selects, as in .members[0].lag or .members[].name; in a pipe one value"
                    + " a line.")
    private String jsonPath;

    @Option(
            names = "--raw",
            description = "On a terminal too the body is laid out as it was sent; with --path strings have no quotes.")
    private boolean raw;

    @Override
    public Integer call() throws IOException {
        Optional<JqPath> selected = selected();
        PatroniClient patroni = connection.patroni(Threads.pool("patop-http"));
        ApiUrl url = url(patroni);
        boolean terminal = Terminals.output();
        GetOutput.Style style = new GetOutput.Style(terminal, raw, color.isPrinted(terminal, System.getenv()), include);
        OutputStream out = new BufferedOutputStream(Output.bytes(), 1 << 16);
        try {
            return selected.isPresent()
                    ? narrowed(patroni, url, selected.get(), new GetOutput(out, style))
                    : whole(patroni, url, new GetOutput(out, style));
        } catch (IllegalArgumentException noPath) {
            throw new CommandFailure(ExitCode.USAGE, "not a path of an endpoint: " + Printable.line(path));
        }
    }

    private int whole(PatroniClient patroni, ApiUrl url, GetOutput output) throws IOException {
        Answer<Long> answer = patroni.stream(url, path, output).join();
        output.end();
        if (output.isClosed()) {
            return ExitCode.DONE;
        }
        answer.failure().ifPresent(failure -> {
            throw unanswered(failure, output.bytes());
        });
        return done(url, output.status());
    }

    private int narrowed(PatroniClient patroni, ApiUrl url, JqPath selected, GetOutput output) throws IOException {
        Answer<RawAnswer> answer = patroni.get(url, path, LARGEST_TREE).join();
        RawAnswer body =
                answer.value().orElseThrow(() -> unanswered(answer.failure().orElseThrow(), 0));
        if (body.isCut()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    url + path + ": the answer is longer than " + (LARGEST_TREE >> 20)
                            + " MiB, which --path has to hold whole: leave it out, and pipe to jq");
        }
        List<Json> values;
        try {
            values = selected.select(JsonReader.read(body.body()));
        } catch (JsonReader.NotJson | JqPath.Mismatch wrong) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    url + path + " (" + body.statusWords() + "): " + Printable.line(Printable.message(wrong)));
        }
        output.head(body.status(), body.headers());
        output.values(values);
        output.end();
        return output.isClosed() ? ExitCode.DONE : done(url, body.status());
    }

    private int done(ApiUrl url, int status) {
        if (status >= 400) {
            throw new CommandFailure(ExitCode.FAILED, "GET " + url + path + ": " + RawAnswer.text(status));
        }
        return ExitCode.DONE;
    }

    private static CommandFailure unanswered(Failure failure, long bytes) {
        boolean reached =
                switch (failure.kind()) {
                    case REFUSED, TIMED_OUT, UNRESOLVED, UNREACHABLE, TLS -> bytes > 0;
                    default -> true;
                };
        String far = bytes > 0 ? " (after " + bytes + " bytes)" : "";
        return new CommandFailure(reached ? ExitCode.FAILED : ExitCode.UNREACHABLE, failure.message() + far);
    }

    private Optional<JqPath> selected() {
        try {
            return Optional.ofNullable(jsonPath).map(JqPath::parse);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.line(Printable.message(wrong)));
        }
    }

    private ApiUrl url(PatroniClient patroni) {
        if (member.contains("://") || member.contains(":")) {
            try {
                return ApiUrl.parse(member);
            } catch (IllegalArgumentException wrong) {
                throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
            }
        }
        return Cluster.of(connection, patroni).urlOf(member);
    }
}
