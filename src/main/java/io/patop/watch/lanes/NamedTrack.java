package io.patop.watch.lanes;

/**
 * The lane of a member or of an HAProxy.
 *
 * @param name of the member or HAProxy
 * @param track its states
 */
public record NamedTrack(String name, Track track) {}
