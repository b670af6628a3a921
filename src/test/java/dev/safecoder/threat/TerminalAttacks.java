package dev.safecoder.threat;

/** Strings that steer a terminal or deceive its reader. */
final class TerminalAttacks {
    /**
     * As a shell writes them: cursor, clipboard, title, questions, links, images, bidi, invisible.
     */
    static final String SHELL_ESCAPES =
            "good\\e[24D\\e[K \\e]52;c;Y3VybCBldmls\\a \\e]0;title\\a\\e[21t\\e[6n\\e[c\\x05\\eP$q..\\e\\\\"
                    + " \\e]8;;file:///etc/passwd\\aREADME\\e]8;;\\a \\e_Gx\\e\\\\ \\e]1337;File=x\\a \\u009b2J"
                    + " \\u202eevil\\u2066x\\u200f \\u200b\\u00ad\\ufeff\\ufe0f\\u3164\\U000e0041";

    /** The same as a model says them. */
    static final String SAID =
            "good\u001b[24D\u001b[K \u001b]52;c;Y3VybCBldmls\u0007 \u001b]0;title\u0007\u001b[6n\u0005"
                    + " \u009b2J \u202eevil\u2066x \u200b\u00ad\ufeff\ufe0f\u3164";

    /** In output, in a file, in a name, in an error, and in the command line itself. */
    static final String EVERYWHERE =
            """
            printf "@ESCAPES@\\n"; printf "@ESCAPES@\\n" >&2
            printf "@ESCAPES@\\n" >content.txt
            name="$(printf 'n\\e[2J\\e]0;x\\a\\u202e')"; echo x >"$name"; ln -s "$name" "l$name"
            echo good && echo evil $'\\e[24D\\e[K'
            exit 3
            """
                    .replace("@ESCAPES@", SHELL_ESCAPES);

    static final String TYPING =
            """
            perl -e 'ioctl(STDIN, 0x5412, "y") and print "got the terminal\\n"'
            (exec </dev/tty) 2>/dev/null && echo got the terminal
            tty; true
            """;

    private TerminalAttacks() {}
}
