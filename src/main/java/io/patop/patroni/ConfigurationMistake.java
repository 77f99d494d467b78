package io.patop.patroni;

import java.io.IOException;

/** A configuration that cannot be used. The message is one line: the file, its line, and what is wrong. */
public final class ConfigurationMistake extends IOException {
    ConfigurationMistake(String message) {
        super(message);
    }
}
