package io.patop.screen;

import java.util.ArrayList;
import java.util.List;

/** Breaks a long line into several: at spaces where it can, so that nothing of it is cut off. */
final class LineWrap {

    private LineWrap() {}

    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(space > 0 ? end + 1 : end);
        }
        lines.add(rest);
        return lines;
    }
}
