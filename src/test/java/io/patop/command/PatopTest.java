package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one clear line on standard error, and the exit code that says whose fault it is. */
class PatopTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nonsense|2|No such option: --nonsense",
                "list -u ftp://x|2|only http and https are spoken here",
                "list -u http://a:b@x|2|credentials do not belong in a URL",
                "list -u 127.0.0.1:1|3|connection refused",
                "services -f xml|2|Invalid value for '--format' / '-f': 'xml' is not one of 'pretty', 'tsv'",
                "haproxy -f xml|2|Invalid value for '--format' / '-f': 'xml' is not one of 'csv', 'pretty'",
                "haproxy info -f xml --haproxy /nowhere|2|Invalid value for '--format' / '-f': 'xml' is not one of",
                "watch -f xml|2|Invalid value for '--format' / '-f': 'xml' is not one of 'text', 'json'. (see patop watch",
                "probe -f xml|2|Invalid value for '--format' / '-f': 'xml' is not one of 'text', 'json'.",
                "replay -f xml x|2|Invalid value for '--format' / '-f': 'xml' is not one of 'text', 'json', 'markdown'.",
                "lsit|2|No such command 'lsit'. Did you mean 'list'? (see patop --help)",
                "lsit -f json|2|No such command 'lsit'. Did you mean 'list'? (see patop --help)",
                "haproxy infoo|2|No such command 'infoo'. Did you mean 'info'?",
                "list --columns nonsense -u x|2|there is no column nonsense",
                "scale x|2|say SERVICE=N",
                "scale x=-1|2|say SERVICE=N",
                "scale --read-only --force x=1|2|read-only",
                "--read-only scale --force x=1|2|read-only",
                "kill --read-only --force patroni1 -u x|2|read-only",
                "--read-only drill --demo --yes|2|read-only",
                "drill --read-only --demo --yes|2|read-only",
                "--read-only probe --dsn postgresql://nowhere/x|2|read-only",
                "kill|2|Missing argument 'MEMBER'.",
                "freeze a --docker-host unix:///nonexistent/docker.sock -u 127.0.0.1:1|3|connection refused",
                "demo --nodes 0|2|nodes: 1 to 1000, not 0",
                "replay /nonexistent|2|/nonexistent: there is no such file",
                "replay --speed 0 x|2|a speed is 0.1 to 1000 times, not 0.0",
                "replay pom.xml|2|pom.xml is not a recording of patop",
                "demo --patroni 1.6|2|no Patroni 1.6 to simulate",
                "probe --dsn nonsense|2|the DSN is none",
                "probe --dsn host=/tmp|2|a unix socket",
                "probe --dsn postgresql://me@127.0.0.1:1/db|3|me@127.0.0.1:1/db: connection refused",
                "probe --dsn postgresql://h/db --rate 0|2|a rate is 1 to 100 writes a second, not 0",
                "probe --dsn postgresql://h/db --table a;b|2|is no name of a table",
                "probe --dsn postgresql://h/db --socket-timeout 0|2|--socket-timeout is 0.1 to 60 seconds",
                "probe --dsn postgresql://h/db --count 0|2|--duration and --count are more than nothing",
                "probe --dsn postgresql://me@127.0.0.1:1/db --cleanup|3|connection refused",
                "services --docker-host unix:///nonexistent/docker.sock|3|no Docker socket at"
            })
    void oneLineAndTheRightCode(String arguments, int code, String said) {
        PrintStream standard = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int ended;
        try {
            ended = Patop.run(arguments.split(" ", -1));
        } finally {
            System.setErr(standard);
        }

        String line = printed.toString(StandardCharsets.UTF_8);
        assertThat(ended).as(line).isEqualTo(code);
        assertThat(line).startsWith("patop: ").contains(said).hasLineCount(1);
    }
}
