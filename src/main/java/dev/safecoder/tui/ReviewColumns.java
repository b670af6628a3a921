package dev.safecoder.tui;

import org.jline.utils.AttributedString;

/** Texts brought to a number of columns, wide characters counted as two. */
final class ReviewColumns {
    private static final int TAB = 8;

    private ReviewColumns() {}

    /** The text cut, or filled with blanks, to exactly so many columns. */
    static String exactly(String text, int columns) {
        var cut = new AttributedString(text).columnSubSequence(0, columns).toString();
        return cut + " ".repeat(Math.max(0, columns - width(cut)));
    }

    /** The end of a text that is too long: a path's last names tell more than its first. */
    static String end(String text, int columns) {
        var whole = new AttributedString(text);
        int width = whole.columnLength();
        return width <= columns ? text : "…" + whole.columnSubSequence(width - columns + 1, width);
    }

    /** Blanks for tabs, as if the text began at the left edge after its mark. */
    static String withoutTabs(String text) {
        if (text.indexOf('\t') < 0) {
            return text;
        }
        var out = new StringBuilder();
        int column = -1; // the mark of a diff's line is no part of the text
        for (var piece : text.splitWithDelimiters("\t", 0)) {
            if (piece.equals("\t")) {
                int blanks = TAB - Math.floorMod(column, TAB);
                out.repeat(' ', blanks);
                column += blanks;
            } else {
                out.append(piece);
                column += width(piece);
            }
        }
        return out.toString();
    }

    private static int width(String text) {
        return new AttributedString(text).columnLength();
    }
}
