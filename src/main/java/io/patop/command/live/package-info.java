/**
 * Sessions that last: the dashboard on the whole screen, replays, drills under way, and the files and programs that
 * go with a session.
 */
package io.patop.command.live;
