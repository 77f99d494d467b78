package io.patop.screen;

import java.util.List;

/** The pages that Tab goes through. */
enum View {
    MEMBERS("Members"),
    SERVICES("Services"),
    EVENTS("Events");

    private final String title;

    View(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    View next(int step) {
        List<View> views = List.of(values());
        return views.get(Math.floorMod(views.indexOf(this) + step, views.size()));
    }
}
