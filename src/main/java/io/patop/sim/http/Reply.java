package io.patop.sim.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** A server's reply to a request. */
public sealed interface Reply {

    /** One method for each kind of reply. */
    interface Visitor<R> {
        R answer(Answer answer);

        R statusLine(StatusLine line);

        R dropped(Dropped dropped);
    }

    /** Calls the visitor's method for this kind. */
    <R> R accept(Visitor<R> visitor);

    /**
     * An ordinary answer.
     *
     * @param reason reason in the status line
     * @param headers headers besides the server's own
     */
    record Answer(int code, String reason, Map<String, String> headers, String contentType, String body)
            implements Reply {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answer(this);
        }
    }

    /** A status line and nothing else, as for HAProxy's OPTIONS. */
    record StatusLine(int code, String reason) implements Reply {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.statusLine(this);
        }
    }

    /** The connection is closed without an answer. */
    record Dropped() implements Reply {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropped(this);
        }
    }

    /** Makes a reply of JSON as Python prints it. */
    static Reply json(int code, JsonNode tree) {
        return new Answer(code, reason(code), Map.of(), "application/json", JsonDump.print(tree));
    }

    /** Makes a reply of one sentence, with the content type HTML as in Patroni. */
    static Reply sentence(int code, String text) {
        return new Answer(code, reason(code), Map.of(), "text/html", text);
    }

    static Reply plain(String text) {
        return new Answer(200, reason(200), Map.of(), "text/plain", text);
    }

    static Reply status(int code) {
        return new StatusLine(code, reason(code));
    }

    /** Makes the error page of Python's http.server. */
    static Reply error(int code, Optional<String> message) {
        String text = message.orElse(reason(code));
        String page =
                """
                <!DOCTYPE HTML>
                <html lang="en">
                    <head>
                        <meta charset="utf-8">
                        <title>Error response</title>
                    </head>
                    <body>
                        <h1>Error response</h1>
                        <p>Error code: %d</p>
                        <p>Message: %s.</p>
                        <p>Error code explanation: %d - %s.</p>
                    </body>
                </html>
                """
                        .formatted(code, text.replace("'", "&#x27;"), code, explanation(code));
        Map<String, String> headers = Map.of("Connection", "close", "Content-Length", "" + page.length());
        return new Answer(code, text, headers, "text/html;charset=utf-8", page);
    }

    static String reason(int code) {
        return switch (code) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 422 -> "Unprocessable Entity";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            default -> "Service Unavailable";
        };
    }

    private static String explanation(int code) {
        return switch (code) {
            case 400 -> "Bad request syntax or unsupported method";
            case 409 -> "Request conflict";
            case 411 -> "Client must specify Content-Length";
            case 501 -> "Server does not support this operation";
            case 502 -> "Invalid responses from another server/proxy";
            default -> "The server cannot process the request due to a high load";
        };
    }
}
