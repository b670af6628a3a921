package dev.safecoder.threat;

import java.util.List;

/** What an agent lays into the workspace to reach beyond it on the way back. */
final class TreeAttacks {
    static final String LINKS_TO_SECRETS =
            """
            ln -s @HOME@/.ssh/id_canary notes.txt
            ln -s /proc/self/environ env.txt
            ln -s ../../../../etc/passwd p
            """;

    /** The project holds the links already, as if an earlier step had been accepted. */
    static final String BELOW_LINKS =
            """
            for link in d dangling; do rm $link; mkdir $link; done
            echo evil >d/.bashrc; echo evil >dangling/x
            """;

    static final String SWAPPING =
            """
            mkdir d; echo inside >d/.bashrc
            (while :; do mv d d.x; ln -s @HOME@ d; rm d; mv d.x d; done) >/dev/null 2>&1 &
            """;

    static final String HARD_LINKS = "ln a.txt b; ln a.txt c; echo x >>b";

    static final List<String> CLIMBING_PATHS =
            List.of(
                    "../../.bashrc",
                    "/etc/cron.d/x",
                    "@HOME@/.bashrc",
                    "@OUTSIDE@/private.txt",
                    "a/../../x",
                    "..\\..\\x",
                    "a//b",
                    "./.git/config",
                    "src/../.git/hooks/pre-commit",
                    "x\0.txt",
                    "~/.bashrc",
                    "%2e%2e/x");

    static final String SPECIAL_FILES =
            """
            mkfifo p
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("s")'
            mknod n c 1 5
            echo last >zz
            """;

    static final String MODES =
            """
            echo x >x; chmod 6777 x; mkdir d; echo in >d/in; chmod 1777 d
            echo y >y; chmod 000 y; mkdir closed; echo in >closed/in; chmod 000 closed
            """;

    static final String CASES =
            """
            echo a >Readme; echo b >README; mkdir -p .VSCODE .Git .CLAUDE
            echo x >.VSCODE/tasks.json; echo x >.Git/config; echo x >.CLAUDE/x
            """;

    static final int HOSTILE_NAME_COUNT = 10;

    static final String HOSTILE_NAMES =
            """
            touch -- $'a\\nb' $'\\e[2J\\e]0;x\\a' '-rf' '--upload-pack=touch x' '$(touch x)' \\
                '`id`' "'; rm x" $'r\\rsafe' '%s%n' 'a|b'
            """;

    private TreeAttacks() {}
}
