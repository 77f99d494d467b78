/**
 * Text formats: durations and byte counts, the width of characters on a terminal, printable text from outside, XML.
 *
 * <p>No domain, no I/O.
 */
package io.patop.text;
