/**
 * JSON as it was sent: a tree whose numbers keep their digits, paths into it, the differences between two answers,
 * and its layout on lines. The package knows no endpoint and no meaning of any field: that is {@code patroni}'s.
 */
package io.patop.json;
