package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.watch.Action;
import io.patop.watch.Dashboard;
import io.patop.watch.Offer;
import io.patop.watch.Offers;
import io.patop.watch.WatchedMember;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What keys do: to the view state, and after a question has been answered with yes, to the world. A question
 * names its target and lapses when the facts it named change; nothing acts on whatever row the cursor is on
 * by then.
 */
final class Keyboard {

    enum Outcome {
        GO_ON,
        REDRAW,
        QUIT
    }

    private final ViewState state;
    private final Consumer<Action> actions;
    private final boolean readOnly;

    Keyboard(ViewState state, Consumer<Action> actions, boolean readOnly) {
        this.state = state;
        this.actions = actions;
        this.readOnly = readOnly;
    }

    /** Adapts to news: something is selected as soon as there is something, and a question may lapse. */
    void keepUp(Dashboard dashboard, Instant now) {
        if (state.selectedMember.isEmpty()) {
            state.selectedMember = dashboard.leadership().present().or(() -> dashboard.members().keySet().stream()
                    .findFirst());
        }
        if (state.dialog.isPresent() && state.dialog.get() instanceof Dialog.Confirmation question) {
            question.facts().changed(dashboard).ifPresent(change -> {
                state.dialog = Optional.empty();
                say("nothing was done: " + change, Ink.WARNING, now);
            });
        }
    }

    Outcome press(KeyStroke stroke, Dashboard dashboard, Instant now) {
        if (state.prompt.isPresent()) {
            return inPrompt(stroke, state.prompt.get(), dashboard, now);
        }
        if (state.dialog.isPresent()) {
            return inDialog(stroke, state.dialog.get(), dashboard, now);
        }
        return Key.of(stroke).map(key -> inView(key, dashboard, now)).orElse(Outcome.GO_ON);
    }

    private Outcome inView(Key key, Dashboard dashboard, Instant now) {
        switch (key) {
            case QUIT -> {
                return Outcome.QUIT;
            }
            case REDRAW -> {
                return Outcome.REDRAW;
            }
            case UP -> move(-1, dashboard, now);
            case DOWN -> move(1, dashboard, now);
            case PAGE_UP -> move(-10, dashboard, now);
            case PAGE_DOWN -> move(10, dashboard, now);
            case FIRST -> move(-1_000_000, dashboard, now);
            case LAST -> move(1_000_000, dashboard, now);
            case NEXT_VIEW -> show(state.view.next(1));
            case PREVIOUS_VIEW -> show(state.view.next(-1));
            case VIEW_1 -> show(View.MEMBERS);
            case VIEW_2 -> show(View.SERVICES);
            case VIEW_3 -> show(View.EVENTS);
            case ENTER -> state.dialog = target(dashboard).map(Dialog.Details::new);
            case BACK -> state.filter = "";
            case HELP -> state.dialog = Optional.of(new Dialog.Help(0));
            case FILTER -> state.prompt = Optional.of(new Prompt(Prompt.Kind.FILTER, state.filter));
            case COMMAND -> state.prompt = Optional.of(new Prompt(Prompt.Kind.COMMAND, ""));
            case SORT -> state.order = state.order.next();
            case PAUSE -> state.held = state.held.isPresent() ? Optional.empty() : Optional.of(dashboard);
            case STOP -> ask(member -> Offers.stop(dashboard, member), dashboard, now);
            case START -> ask(member -> Offers.start(dashboard, member), dashboard, now);
            case KILL_LEADER -> ask(Offers.killLeader(dashboard), dashboard, now);
            case ACTIONS -> menu(dashboard, now);
        }
        return Outcome.GO_ON;
    }

    private void show(View view) {
        state.view = view;
        state.scrolledBack = 0;
    }

    private void move(int rows, Dashboard dashboard, Instant now) {
        switch (state.view) {
            case EVENTS ->
                state.scrolledBack = Math.max(0, Math.min(dashboard.events().size() - 1, state.scrolledBack - rows));
            case SERVICES -> {
                List<String> names = ServicesView.names(dashboard, state);
                state.selectedService = moved(names, state.selectedService, rows);
            }
            case MEMBERS -> {
                List<String> names = MembersView.rows(dashboard, state, now, Glyphs.ASCII).stream()
                        .map(MemberRow::memberName)
                        .toList();
                state.selectedMember = moved(names, state.selectedMember, rows);
            }
        }
    }

    private static Optional<String> moved(List<String> names, Optional<String> selected, int rows) {
        if (names.isEmpty()) {
            return selected;
        }
        int at = selected.map(names::indexOf).orElse(0);
        return Optional.of(names.get(Math.max(0, Math.min(names.size() - 1, at + rows))));
    }

    /** The member that a key means here: the selected one, or the one that runs in the selected service. */
    private Optional<String> target(Dashboard dashboard) {
        Optional<String> name = state.view == View.SERVICES
                ? state.selectedService.flatMap(service -> Offers.memberOf(dashboard, service))
                : state.selectedMember;
        return name.flatMap(dashboard::member).map(WatchedMember::name);
    }

    private void ask(Function<String, Offer> offer, Dashboard dashboard, Instant now) {
        Optional<String> member = target(dashboard);
        if (member.isEmpty()) {
            say("no member is selected", Ink.WARNING, now);
            return;
        }
        ask(offer.apply(member.get()), dashboard, now);
    }

    private void ask(Offer offer, Dashboard dashboard, Instant now) {
        if (readOnly) {
            say("read-only: nothing is changed from here", Ink.WARNING, now);
        } else if (state.held.isPresent()) {
            say("the display is held; press Space first, then see what is true now", Ink.WARNING, now);
        } else if (offer instanceof Offer.Impossible impossible) {
            say(impossible.why(), Ink.WARNING, now);
        } else if (offer instanceof Offer.Possible possible) {
            state.dialog = Optional.of(Questions.about(possible.action(), dashboard));
        }
    }

    private void menu(Dashboard dashboard, Instant now) {
        Optional<String> member = target(dashboard);
        List<Offer.Possible> offers =
                member.map(name -> Offers.all(dashboard, name)).orElse(List.of());
        if (readOnly || state.held.isPresent() || offers.isEmpty()) {
            ask(name -> Offers.stop(dashboard, name), dashboard, now);
            return;
        }
        state.dialog = Optional.of(new Dialog.Menu(member.orElseThrow(), offers, 0));
    }

    private Outcome inDialog(KeyStroke stroke, Dialog dialog, Dashboard dashboard, Instant now) {
        Optional<Key> key = Key.of(stroke);
        if (key.filter(pressed -> pressed == Key.QUIT && stroke.isCtrlDown()).isPresent()) {
            return Outcome.QUIT;
        }
        if (key.filter(pressed -> pressed == Key.BACK || pressed == Key.QUIT).isPresent()) {
            state.dialog = Optional.empty();
            return Outcome.GO_ON;
        }
        if (dialog instanceof Dialog.Confirmation question) {
            answer(stroke, question, now);
        } else if (dialog instanceof Dialog.Menu menu) {
            inMenu(key, menu, dashboard, now);
        } else if (dialog instanceof Dialog.Help help) {
            int step = key.map(Keyboard::step).orElse(0);
            state.dialog = Optional.of(new Dialog.Help(Math.max(0, help.scrolled() + step)));
        } else if (key.filter(pressed -> pressed == Key.ENTER).isPresent()) {
            state.dialog = Optional.empty();
        } else {
            return key.map(pressed -> inView(pressed, dashboard, now)).orElse(Outcome.GO_ON);
        }
        return Outcome.GO_ON;
    }

    private static int step(Key key) {
        return switch (key) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -10;
            case PAGE_DOWN -> 10;
            default -> 0;
        };
    }

    /** Only the letter y is yes; Enter is not, since it is pressed by habit. */
    private void answer(KeyStroke stroke, Dialog.Confirmation question, Instant now) {
        if (stroke.getKeyType() != KeyType.Character) {
            return;
        }
        char letter = Character.toLowerCase(stroke.getCharacter());
        if (letter == 'y') {
            state.dialog = Optional.empty();
            actions.accept(question.action());
            say("asked to " + question.action().words(), Ink.TEXT, now);
        } else if (letter == 'n') {
            state.dialog = Optional.empty();
            say("nothing was done", Ink.DIM, now);
        }
    }

    private void inMenu(Optional<Key> key, Dialog.Menu menu, Dashboard dashboard, Instant now) {
        if (key.filter(pressed -> pressed == Key.ENTER).isPresent()) {
            ask(menu.offers().get(menu.selected()), dashboard, now);
            return;
        }
        int step = key.map(Keyboard::step).orElse(0);
        int at = Math.max(0, Math.min(menu.offers().size() - 1, menu.selected() + step));
        state.dialog = Optional.of(new Dialog.Menu(menu.member(), menu.offers(), at));
    }

    private Outcome inPrompt(KeyStroke stroke, Prompt prompt, Dashboard dashboard, Instant now) {
        switch (stroke.getKeyType()) {
            case Escape -> {
                state.prompt = Optional.empty();
                if (prompt.kind() == Prompt.Kind.FILTER) {
                    state.filter = "";
                }
            }
            case Enter -> {
                state.prompt = Optional.empty();
                if (prompt.kind() == Prompt.Kind.COMMAND) {
                    return command(prompt.text().strip(), dashboard, now);
                }
            }
            case Backspace -> retype(prompt.erased());
            case Character -> {
                if (stroke.isCtrlDown()) {
                    state.prompt = Optional.empty();
                    return stroke.getCharacter() == 'c' ? Outcome.QUIT : Outcome.GO_ON;
                }
                retype(prompt.typed(stroke.getCharacter()));
            }
            default -> {}
        }
        return Outcome.GO_ON;
    }

    private void retype(Prompt prompt) {
        state.prompt = Optional.of(prompt);
        if (prompt.kind() == Prompt.Kind.FILTER) {
            state.filter = prompt.text();
        }
    }

    private Outcome command(String text, Dashboard dashboard, Instant now) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> {}
            case "q", "quit", "exit" -> {
                return Outcome.QUIT;
            }
            case "h", "help" -> state.dialog = Optional.of(new Dialog.Help(0));
            case "members", "m", "list" -> show(View.MEMBERS);
            case "services", "svc", "docker" -> show(View.SERVICES);
            case "events", "failovers", "history" -> show(View.EVENTS);
            case "kill-leader" -> ask(Offers.killLeader(dashboard), dashboard, now);
            case "stop" -> ask(member -> Offers.stop(dashboard, member), dashboard, now);
            case "start" -> ask(member -> Offers.start(dashboard, member), dashboard, now);
            default ->
                say(
                        "no command \"" + text + "\": members, services, events, stop, start, kill-leader, help, quit",
                        Ink.WARNING,
                        now);
        }
        return Outcome.GO_ON;
    }

    private void say(String text, Ink ink, Instant now) {
        state.notice = Optional.of(Notice.of(text, ink, now));
    }
}
