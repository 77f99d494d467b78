package io.patop.screen;

import io.patop.watch.Action;
import io.patop.watch.Offer;
import java.util.List;

/** Something that lies over the view and takes the keys until it is answered or put away. */
sealed interface Dialog {

    /** All keys. */
    record Help(int scrolled) implements Dialog {}

    /** All that is known of one member. */
    record Details(String member) implements Dialog {}

    /**
     * Asks before something is done. It names facts, and lapses when they no longer hold.
     *
     * @param action that will be done on yes
     * @param facts as they were when it was asked
     * @param lines that explain it
     */
    record Confirmation(Action action, Facts facts, List<String> lines) implements Dialog {}

    /**
     * What can be done to one member.
     *
     * @param member whose menu this is
     * @param offers one a row
     * @param selected row
     */
    record Menu(String member, List<Offer.Possible> offers, int selected) implements Dialog {}
}
