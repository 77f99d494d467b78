package io.patop.screen;

import io.patop.cluster.DynamicConfig;
import io.patop.control.FaultInjector;
import io.patop.control.Playback;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.KeyBindings;
import io.patop.screen.terminal.Selection;
import io.patop.screen.view.ConfigEditor;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Prompt;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the person at the keyboard sees: view, selection, filter, an open question. Changed by keys only, on the
 * screen's thread only.
 */
public final class ViewState {

    final FaultInjector faults;
    final Selection member = new Selection();
    public final Views views;
    public Optional<Dialog> dialog = Optional.empty();
    public Optional<Prompt> prompt = Optional.empty();
    /** What contains the text that is typed after the colon; empty while none is typed. */
    Optional<Palette> palette = Optional.empty();

    public Optional<Notice> notice = Optional.empty();
    KeyBindings keys = KeyBindings.STANDARD;
    Optional<Dashboard> held = Optional.empty();
    Instant heldAt = Instant.EPOCH;
    Optional<Editing> editing = Optional.empty();
    Optional<String> fleetName = Optional.empty();
    long eventsTold = -1;
    LocalCommands backstage = LocalCommands.NONE;
    Optional<Playback> playback = Optional.empty();
    List<String> underWay = List.of();
    /** Facts for the header that are not about the cluster. */
    List<Cell> notes = List.of();

    Optional<Snapshot> snapshot = Optional.empty();
    public String filter = "";
    public boolean talking;
    boolean quit;
    /** Whether the question has been shown long enough to be answered. */
    boolean answerable = true;

    /**
     * A request to edit the configuration.
     *
     * @param config the configuration as it is
     * @param then takes the outcome
     */
    record Editing(DynamicConfig config, Consumer<ConfigEditor.Outcome> then) {}

    public ViewState(FaultInjector faults) {
        this(faults, Inspection.NONE);
    }

    ViewState(FaultInjector faults, Inspection inspection) {
        this(faults, inspection, MemberLogs.NONE);
    }

    ViewState(FaultInjector faults, Inspection inspection, MemberLogs logs) {
        this.faults = faults;
        this.views = Views.standard(member, faults, inspection, logs);
    }
}
