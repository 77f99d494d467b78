/**
 * The JDK's HTTP client with the habits that suit an operator's tool, for all who ask over HTTP by it. No
 * requests here: those are {@code patroni}'s and {@code haproxy}'s.
 */
package io.patop.http;
