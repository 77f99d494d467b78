/**
 * Texts of what patop tells: durations and byte counts, the width of characters in a terminal, text from outside
 * without control characters, XML.
 *
 * <p>No domain, no I/O.
 */
package io.patop.text;
