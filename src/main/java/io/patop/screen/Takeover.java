package io.patop.screen;

/** x. */
final class Takeover {
    private final Scene scene;
    Takeover(Scene scene) { this.scene = scene; }
    void open(Desk desk) {}
    void to(String member, Desk desk) {}
}
