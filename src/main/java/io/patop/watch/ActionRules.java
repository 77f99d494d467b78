package io.patop.watch;

/** What a person asked for, as events; and as the first phase of a failover, if it was aimed at the leader. */
final class ActionRules {

    private ActionRules() {}

    static void reported(Draft draft, Observation.ActionReported reported) {
        Action action = reported.action();
        String detail = reported.detail().isEmpty() ? "" : ": " + reported.detail();
        switch (reported.progress()) {
            case BEGUN -> event(draft, Event.Kind.ACTION_BEGUN, action, "you asked to " + action.words());
            case FAILED -> event(draft, Event.Kind.ACTION_FAILED, action, "failed to " + action.words() + detail);
            case DONE -> {
                event(draft, Event.Kind.ACTION_DONE, action, "done: " + action.words() + detail);
                boolean atLeader =
                        action.member().filter(draft.leadership::isLeader).isPresent()
                                && draft.leadership.present().isPresent();
                if (action.breaks() && atLeader) {
                    FailoverRules.reach(draft, Phase.FAULT);
                }
            }
        }
    }

    private static void event(Draft draft, Event.Kind kind, Action action, String text) {
        if (action.member().isPresent()) {
            draft.event(kind, action.member().get(), text);
        } else {
            draft.event(kind, text);
        }
    }
}
