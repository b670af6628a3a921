package dev.safecoder.tui;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** How the review's parts look; without colours nothing but the text tells them apart. */
public enum ReviewPalette {
    COLOURED,
    PLAIN;

    /** What a text is. */
    enum Look {
        TEXT(AttributedStyle.DEFAULT),
        BAR(AttributedStyle.INVERSE),
        STRONG(AttributedStyle.BOLD),
        QUIET(AttributedStyle.DEFAULT.faint()),
        ADDED(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
        DELETED(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)),
        WARNING(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW));

        private final AttributedStyle style;

        Look(AttributedStyle style) {
            this.style = style;
        }
    }

    AttributedString text(Look look, String encoded) {
        return new AttributedString(
                encoded, this == COLOURED ? look.style : AttributedStyle.DEFAULT);
    }
}
