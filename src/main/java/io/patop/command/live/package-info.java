/**
 * Sessions that last: the dashboard on the whole screen, replays, running drills, and the files and programs of a
 * session.
 */
package io.patop.command.live;
