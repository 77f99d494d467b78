package io.patop.command.patronictl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference of two texts as Python's difflib.unified_diff prints it, which patronictl shows: three lines of
 * context, files without names. It matches longest blocks as difflib does, so that the same lines are paired, but
 * without difflib's junk heuristic for texts of 200 lines and more.
 */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    /**
     * A range of lines that are equal in both texts, or replaced; an empty range on one side is an insertion or a
     * deletion.
     */
    private record Span(boolean equal, int fromA, int toA, int fromB, int toB) {}

    private record Block(int a, int b, int size) {}

    private final List<String> before;
    private final List<String> after;
    private final Map<String, List<Integer>> places = new HashMap<>();

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
        for (int i = 0; i < after.size(); i++) {
            places.computeIfAbsent(after.get(i), line -> new ArrayList<>()).add(i);
        }
    }

    /** Returns the lines; empty if the texts are equal. */
    static List<String> of(String before, String after) {
        return new UnifiedDiff(
                        before.stripTrailing().lines().toList(),
                        after.stripTrailing().lines().toList())
                .lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<Span> group : groups()) {
            if (lines.isEmpty()) {
                lines.add("--- ");
                lines.add("+++ ");
            }
            Span first = group.get(0);
            Span last = group.get(group.size() - 1);
            lines.add("@@ -" + range(first.fromA(), last.toA()) + " +" + range(first.fromB(), last.toB()) + " @@");
            for (Span span : group) {
                before.subList(span.fromA(), span.toA()).forEach(line -> lines.add((span.equal() ? " " : "-") + line));
                if (!span.equal()) {
                    after.subList(span.fromB(), span.toB()).forEach(line -> lines.add("+" + line));
                }
            }
        }
        return lines;
    }

    /** Returns a range as diff numbers it: from 1; an empty range by the line before it. */
    private static String range(int from, int to) {
        int length = to - from;
        if (length == 1) {
            return Integer.toString(from + 1);
        }
        return (length == 0 ? from : from + 1) + "," + length;
    }

    /** Returns the changes with their context; changes that are near each other are grouped. */
    private List<List<Span>> groups() {
        List<List<Span>> groups = new ArrayList<>();
        List<Span> group = new ArrayList<>();
        List<Span> spans = spans();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (!span.equal()) {
                group.add(span);
                continue;
            }
            boolean first = i == 0;
            boolean last = i == spans.size() - 1;
            int length = span.toA() - span.fromA();
            if (!first && !last && length <= 2 * CONTEXT) {
                group.add(span);
                continue;
            }
            if (!first) {
                int head = Math.min(CONTEXT, length);
                group.add(new Span(true, span.fromA(), span.fromA() + head, span.fromB(), span.fromB() + head));
                groups.add(group);
                group = new ArrayList<>();
            }
            if (!last) {
                int tail = Math.min(CONTEXT, length);
                group.add(new Span(true, span.toA() - tail, span.toA(), span.toB() - tail, span.toB()));
            }
        }
        if (group.stream().anyMatch(span -> !span.equal())) {
            groups.add(group);
        }
        return groups;
    }

    private List<Span> spans() {
        List<Block> blocks = new ArrayList<>();
        match(0, before.size(), 0, after.size(), blocks);
        blocks.add(new Block(before.size(), after.size(), 0));
        List<Span> spans = new ArrayList<>();
        int a = 0;
        int b = 0;
        for (Block block : blocks) {
            if (a < block.a() || b < block.b()) {
                spans.add(new Span(false, a, block.a(), b, block.b()));
            }
            a = block.a() + block.size();
            b = block.b() + block.size();
            if (block.size() > 0) {
                join(spans, new Span(true, block.a(), a, block.b(), b));
            }
        }
        return spans;
    }

    /** Adds an equal block, joined with the last one if they touch. */
    private static void join(List<Span> spans, Span equal) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).equal()) {
            Span before = spans.remove(last);
            spans.add(new Span(true, before.fromA(), equal.toA(), before.fromB(), equal.toB()));
        } else {
            spans.add(equal);
        }
    }

    /** Finds the longest equal block, then the blocks before and after it in the same way. */
    private void match(int fromA, int toA, int fromB, int toB, List<Block> blocks) {
        Block longest = longest(fromA, toA, fromB, toB);
        if (longest.size() > 0) {
            match(fromA, longest.a(), fromB, longest.b(), blocks);
            blocks.add(longest);
            match(longest.a() + longest.size(), toA, longest.b() + longest.size(), toB, blocks);
        }
    }

    /** Returns the longest equal block; among several the first in the old text, then the first in the new text. */
    private Block longest(int fromA, int toA, int fromB, int toB) {
        Block best = new Block(fromA, fromB, 0);
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int a = fromA; a < toA; a++) {
            Map<Integer, Integer> next = new HashMap<>();
            for (int b : places.getOrDefault(before.get(a), List.of())) {
                if (b < fromB || b >= toB) {
                    continue;
                }
                int length = lengths.getOrDefault(b - 1, 0) + 1;
                next.put(b, length);
                if (length > best.size()) {
                    best = new Block(a - length + 1, b - length + 1, length);
                }
            }
            lengths = next;
        }
        return best;
    }
}
