package io.patop.screen.view;

import io.patop.watch.model.Dashboard;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/**
 * All that a frame is made of, but for where the person is.
 *
 * @param dashboard to show; the one that stands still while the display is held
 * @param now for ages
 * @param zone for times of day
 * @param filter only rows that contain this text are shown; empty for all
 * @param readOnly whether nothing may be changed from here
 */
public record Scene(Dashboard dashboard, Instant now, ZoneId zone, String filter, boolean readOnly) {

    /** Why nothing is done where nothing may be changed. */
    public static final String READ_ONLY = "read-only: nothing is changed from here";

    /** Whether a row whose text this is passes the filter. */
    boolean passes(String text) {
        return text.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
    }
}
