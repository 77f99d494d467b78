package io.patop.screen;

import io.patop.control.FaultInjector;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.Selection;
import io.patop.screen.view.ApiView;
import io.patop.screen.view.ConfigView;
import io.patop.screen.view.EventsView;
import io.patop.screen.view.HealthView;
import io.patop.screen.view.HistoryView;
import io.patop.screen.view.LanesView;
import io.patop.screen.view.LogView;
import io.patop.screen.view.MembersView;
import io.patop.screen.view.ProbeView;
import io.patop.screen.view.ServicesView;
import io.patop.screen.view.TopologyView;
import io.patop.screen.view.View;
import io.patop.screen.view.haproxy.HaproxyView;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.util.List;
import java.util.Optional;

/** The views in the order of Tab and of the digits, and which of them is shown. */
public final class Views {

    private final List<View> all;
    private View shown;

    Views(List<View> all) {
        this.all = List.copyOf(all);
        this.shown = all.get(0);
    }

    /** Makes every view of the program; the views of members share one selected member. */
    static Views standard(Selection member, FaultInjector faults, Inspection inspection, MemberLogs logs) {
        LogView log = new LogView(member, logs);
        ApiView api = new ApiView(member, inspection);
        return new Views(List.of(
                new MembersView(member),
                new LanesView(),
                new ServicesView(faults),
                new EventsView(log),
                new HaproxyView(),
                new ProbeView(),
                api,
                new HealthView(member, inspection, api),
                new TopologyView(member),
                new HistoryView(),
                new ConfigView(),
                log));
    }

    public List<View> all() {
        return all;
    }

    public View shown() {
        return shown;
    }

    public void show(View view) {
        shown = view;
    }

    /** Goes on by this many views; after the last comes the first. */
    void next(int step) {
        shown = all.get(Math.floorMod(all.indexOf(shown) + step, all.size()));
    }

    /** Returns the view of a digit: {@code 1} is the first, {@code 0} the tenth. */
    Optional<View> byDigit(char digit) {
        return all.stream().filter(view -> label(view).startsWith(digit + " ")).findFirst();
    }

    /** Returns the view that this key opens. */
    Optional<View> byKey(Key key) {
        return all.stream()
                .filter(view -> view.opener().filter(key::equals).isPresent())
                .findFirst();
    }

    /** Returns a view's name after the key or digit that opens it; only ten views have a digit. */
    String label(View view) {
        if (view.opener().isPresent()) {
            return view.opener().get().keyName() + " " + view.title();
        }
        long index = all.stream()
                .takeWhile(other -> other != view)
                .filter(other -> other.opener().isEmpty())
                .count();
        return (index < 10 ? (index + 1) % 10 + " " : "") + view.title();
    }

    /** Returns the view with this title or alias. */
    public Optional<View> named(String word) {
        return all.stream()
                .filter(view ->
                        view.title().equalsIgnoreCase(word) || view.aliases().contains(word))
                .findFirst();
    }
}
