package io.patop.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the columns that a text takes on a terminal. Frames stay straight only if wide characters (most of East
 * Asia, most emoji) count as two and combining marks as none, as terminals count them.
 */
public final class TerminalColumns {

    /**
     * The first and last of each range of two-column characters, sorted: East Asian Width W and F of Unicode 14, with
     * ranges joined if only unassigned characters lie between them.
     */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
        0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
        0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA,
        0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
        0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
        0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
        0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4C6, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAD9,
        0xFE10, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF,
        0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393,
        0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440,
        0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596,
        0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6DF,
        0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF,
        0x1FA70, 0x1FAF6, 0x20000, 0x3134A,
    };

    /**
     * The first and last of each range of characters that some terminals draw wider than others, sorted: vowels and
     * final consonants of Hangul without the syllable they belong to, numbers in black squares, and trigrams,
     * digrams and hexagrams, which Unicode 16 made wide.
     */
    private static final int[] DISPUTED = {
        0x1160, 0x11FF, 0x2630, 0x2637, 0x268A, 0x268F, 0x3248, 0x324F, 0x4DC0, 0x4DFF, 0xD7B0, 0xD7FF,
    };

    private TerminalColumns() {}

    /** The number of columns of a text without control characters. */
    public static int of(String text) {
        return text.codePoints().map(TerminalColumns::of).sum();
    }

    /** The parts of a text that move the cursor: each character with the marks that follow it. */
    public static List<String> cells(String text) {
        List<String> cells = new ArrayList<>();
        int begin = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (of(point) > 0 && at > begin) {
                cells.add(text.substring(begin, at));
                begin = at;
            }
            at += Character.charCount(point);
        }
        if (at > begin) {
            cells.add(text.substring(begin));
        }
        return cells;
    }

    /** The beginning of a text that takes at most that many columns; no mark is cut from its character. */
    public static String fitted(String text, int columns) {
        int taken = 0;
        int end = 0;
        for (String cell : cells(text)) {
            taken += of(cell);
            if (taken > columns) {
                break;
            }
            end += cell.length();
        }
        return text.substring(0, end);
    }

    /**
     * The text as all terminals count its columns. Letters and marks become one character where there is one. A mark
     * without a character before it, and what terminals draw with different widths, become
     * {@link Printable#REPLACEMENT}; the selectors of an emoji's width are left out.
     */
    public static String undisputed(String text) {
        StringBuilder line = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(point -> {
            boolean homeless = line.isEmpty() && of(point) == 0;
            if (isSelector(point)) {
                return;
            }
            line.appendCodePoint(homeless || isWithin(DISPUTED, point) ? Printable.REPLACEMENT : point);
        });
        return line.toString();
    }

    /** Whether it chooses the look of the character before it, by which some terminals draw that one wider. */
    private static boolean isSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0x180B && point <= 0x180F);
    }

    private static int of(int point) {
        if (point < 0x300) {
            return 1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWithin(WIDE, point) ? 2 : 1;
    }

    private static boolean isWithin(int[] ranges, int point) {
        int place = Arrays.binarySearch(ranges, point);
        // If found, it is an end of a range. Else an odd insertion point lies inside a range.
        return place >= 0 || (-place - 1) % 2 == 1;
    }
}
