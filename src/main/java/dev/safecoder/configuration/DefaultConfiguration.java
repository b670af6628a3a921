package dev.safecoder.configuration;

/** The file that {@code init} writes: every key with its meaning and default, as comments. */
final class DefaultConfiguration {
    private DefaultConfiguration() {}

    static String text() {
        var text =
                new StringBuilder(
                        """
                        # Settings of Safe Coder. A line that begins with "# name =" shows the default;
                        # take the # away and change it, or use `safe-coder config set KEY VALUE`.
                        """);
        var section = "";
        for (var key : SettingsKey.ALL) {
            if (!key.section().equals(section)) {
                section = key.section();
                text.append("\n[%s]\n".formatted(section));
            }
            text.append(entry(key));
        }
        return text.toString();
    }

    private static <T> String entry(SettingsKey<T> key) {
        var value = key.fallback().map(it -> key.type().write(it)).orElse("");
        return "# %s (%s)\n# %s = %s\n"
                .formatted(key.meaning(), key.type().expectation(), key.name(), value)
                .replace(" = \n", " =\n");
    }
}
