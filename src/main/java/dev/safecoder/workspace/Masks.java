package dev.safecoder.workspace;

import dev.safecoder.path.RelativePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The names that never enter a sandbox. A pattern is matched against every name of a path, without
 * regard to ASCII case, {@code *} and {@code ?} as in a shell; {@code !} before it excepts; the
 * last match wins. The same rules as the guest's (PROTOCOL.md, MASK).
 */
public record Masks(List<String> patterns) {
    /** What is hidden unless the user's configuration says otherwise. */
    public static final Masks DEFAULT =
            new Masks(
                    List.of(
                            ".env",
                            ".env.*",
                            "!.env.example",
                            "!.env.sample",
                            "!.env.template",
                            "!.env.dist",
                            ".envrc",
                            "*.pem",
                            "*.key",
                            "*.p12",
                            "*.pfx",
                            "*.jks",
                            "*.keystore",
                            "*.kdbx",
                            "*.ppk",
                            "id_rsa*",
                            "id_dsa*",
                            "id_ecdsa*",
                            "id_ed25519*",
                            "!id_*.pub",
                            ".npmrc",
                            ".pypirc",
                            ".netrc",
                            "_netrc",
                            ".git-credentials",
                            ".pgpass",
                            ".htpasswd",
                            ".dockercfg",
                            "credentials.json",
                            "service-account*.json",
                            "application_default_credentials.json",
                            "terraform.tfstate",
                            "terraform.tfstate.*",
                            ".aws",
                            ".ssh",
                            ".gnupg",
                            ".kube"));

    public Masks {
        patterns = List.copyOf(patterns);
    }

    /** Whether the path, or a folder above it, is hidden. */
    public boolean hides(RelativePath path) {
        for (var name : path.names()) {
            if (hidesName(new String(name.bytes(), StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether an entry of this name is hidden wherever it lies. */
    public boolean hidesName(String name) {
        boolean hidden = false;
        for (var pattern : patterns) {
            boolean exception = pattern.startsWith("!");
            if (hidden == exception && matches(exception ? pattern.substring(1) : pattern, name)) {
                hidden = !exception;
            }
        }
        return hidden;
    }

    private static boolean matches(String pattern, String name) {
        return matches(pattern.toLowerCase(Locale.ROOT), 0, name.toLowerCase(Locale.ROOT), 0);
    }

    /** Backtracks to the last star only, so the work is bounded by the product of the lengths. */
    private static boolean matches(String pattern, int atPattern, String name, int atName) {
        int star = -1;
        int retry = 0;
        while (atName < name.length()) {
            if (atPattern < pattern.length() && pattern.charAt(atPattern) == '*') {
                star = atPattern++;
                retry = atName;
            } else if (atPattern < pattern.length()
                    && (pattern.charAt(atPattern) == '?'
                            || pattern.charAt(atPattern) == name.charAt(atName))) {
                atPattern++;
                atName++;
            } else if (star >= 0) {
                atPattern = star + 1;
                atName = ++retry;
            } else {
                return false;
            }
        }
        while (atPattern < pattern.length() && pattern.charAt(atPattern) == '*') {
            atPattern++;
        }
        return atPattern == pattern.length();
    }
}
