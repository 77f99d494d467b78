/**
 * The lanes as they are drawn on a terminal: time from left to right, a row for each member, the leader key, HAProxy
 * and the probe. Views, panels and the talk mode share them.
 */
package io.patop.screen.lanes;
