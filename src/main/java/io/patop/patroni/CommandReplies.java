package io.patop.patroni;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the answers to commands. Patroni explains an outcome in one plain sentence, which it calls HTML, in a page
 * of Python's http.server with such a sentence, or by the new configuration as JSON.
 */
final class CommandReplies {

    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_SENTENCE = 400;

    /**
     * Matches {@code
     *
     * <p>Message: Bad Request.</p>} of http.server; a proxy's page has only a title.
     */
    private static final Pattern MESSAGE = Pattern.compile("<p>Message: ([^<]{1,1000}?)\\.?</p>");

    private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,1000})</title>", Pattern.CASE_INSENSITIVE);

    private CommandReplies() {}

    static Answer<CommandReply> of(String endpoint, HttpExchanges.Response response, Duration took) {
        int status = response.status();
        if (status >= 300 && status < 400) {
            return new Answer.Missing<>(HttpErrors.of(endpoint, response), took);
        }
        String body = start(response.body());
        boolean done = status >= 200 && status < 300;
        if (done && body.startsWith("<")) {
            return new Answer.Missing<>(
                    new Failure(
                            Failure.Kind.NOT_UNDERSTOOD,
                            endpoint + ": an HTML page is no answer of Patroni's REST API"),
                    took);
        }
        return new Answer.Given<>(new CommandReply(status, sentence(body)), took);
    }

    private static String start(byte[] body) {
        return new String(body, 0, Math.min(body.length, LONGEST_BODY), StandardCharsets.UTF_8).strip();
    }

    private static String sentence(String body) {
        if (body.startsWith("{") || body.startsWith("[")) {
            return "";
        }
        String text = Printable.line(body.startsWith("<") ? fromPage(body) : body);
        return text.length() > LONGEST_SENTENCE ? text.substring(0, LONGEST_SENTENCE) + "…" : text;
    }

    private static String fromPage(String page) {
        Matcher message = MESSAGE.matcher(page);
        if (message.find()) {
            return unescaped(message.group(1));
        }
        Matcher title = TITLE.matcher(page);
        return title.find() ? unescaped(title.group(1).strip()) : "";
    }

    /** Reverses Python's html.escape. */
    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&amp;", "&");
    }
}
