package dev.safecoder.threat;

/** What an agent makes to wear out whoever reads it. */
final class OutputAttacks {
    static final String NO_TEXT =
            """
            printf '\\xff\\xfe\\x00\\xc3'; printf '\\xed\\xa0\\x80\\xf0\\x9f\\x98'; head -c 20000 /dev/urandom
            printf '\\x80\\n'; seq 1 200000
            python3 -c "open('utf16.txt', 'wb').write('text \\u20ac\\n'.encode('utf-16'))"
            echo end of it
            """;

    static final String BOMBS =
            """
            head -c 300M /dev/zero | gzip -9 >a.gz
            printf '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>\\n' >x.xml
            printf '<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"/>\\n' >x.svg
            """;

    static final String MANY =
            """
            python3 - <<'END'
            import os
            os.makedirs('many')
            for i in range(1000):
                open('many/%d' % i, 'w').write(str(i))
            top = os.getcwd()
            for i in range(400):
                os.mkdir('d')
                os.chdir('d')
            open('deep', 'w').write('x')
            os.chdir(top)
            open('zz', 'w').write('x')
            END
            """;

    private OutputAttacks() {}
}
