package io.patop.screen;

import io.patop.watch.Dashboard;
import java.util.Optional;

/**
 * Where the person at the keyboard is: view, selection, filter, order, an open question. Changed by keys
 * only, on the screen's thread only. The selection is a name and not a row: rows move.
 */
final class ViewState {

    View view = View.MEMBERS;
    Optional<String> selectedMember = Optional.empty();
    Optional<String> selectedService = Optional.empty();
    Optional<Dialog> dialog = Optional.empty();
    Optional<Prompt> prompt = Optional.empty();
    Optional<Notice> notice = Optional.empty();
    Optional<Dashboard> held = Optional.empty();
    String filter = "";
    MemberOrder order = MemberOrder.NAME;
    int scrolledBack;
}
