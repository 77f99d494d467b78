package io.patop.screen;

import io.patop.cluster.DynamicConfig;
import io.patop.watch.Dashboard;
import io.patop.watch.FaultInjector;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the person at the keyboard is: view, selection, filter, an open question. Changed by keys only, on the
 * screen's thread only.
 */
final class ViewState {

    final FaultInjector faults;
    final Selection member = new Selection();
    final Views views = Views.standard(member);
    Optional<Dialog> dialog = Optional.empty();
    Optional<Prompt> prompt = Optional.empty();
    Optional<Notice> notice = Optional.empty();
    Optional<Dashboard> held = Optional.empty();
    Optional<Editing> editing = Optional.empty();
    long eventsTold;
    String filter = "";
    boolean quit;

    /**
     * The wish to edit the configuration.
     *
     * @param config as it is
     * @param then what comes of it
     */
    record Editing(DynamicConfig config, Consumer<ConfigEditor.Outcome> then) {}

    ViewState(FaultInjector faults) {
        this.faults = faults;
    }
}
