/**
 * JSON as it was sent: a tree whose numbers keep their digits, paths into it, what changed from one answer to
 * the next, and its layout on lines. Knows no endpoint and no meaning of any field: that is {@code patroni}.
 */
package io.patop.json;
