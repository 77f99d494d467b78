package io.patop.screen.view;

import io.patop.watch.model.Dashboard;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * What a frame is made of, except the view state.
 *
 * @param dashboard the dashboard to show; the held one while the display is held
 * @param now the time, for ages
 * @param zone time zone for times of day
 * @param filter only rows that contain this text are shown; empty for all
 * @param readOnly whether nothing may be changed from here
 */
public record Scene(Dashboard dashboard, Instant now, ZoneId zone, String filter, boolean readOnly) {

    /** The reason why an action is refused on a read-only screen. */
    public static final String READ_ONLY = "read-only: nothing is changed from here";

    /** Returns whether a row with this text passes the filter. */
    public boolean passes(String text) {
        return text.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
    }
}
