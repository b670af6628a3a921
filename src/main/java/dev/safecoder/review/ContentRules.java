package dev.safecoder.review;

import dev.safecoder.path.FoldedName;
import dev.safecoder.path.RelativePath;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What single lines give away: keys, and lockfiles that fetch from somewhere else than before. */
final class ContentRules {
    private static final Pattern SECRET =
            Pattern.compile(
                    "-----BEGIN [A-Z ]{0,20}PRIVATE KEY"
                            + "|\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"
                            + "|\\bgh[opsur]_[A-Za-z0-9]{36}"
                            + "|\\bgithub_pat_[A-Za-z0-9_]{30}"
                            + "|\\bglpat-[A-Za-z0-9_-]{20}"
                            + "|\\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20}"
                            + "|\\bxox[abeoprs]-[A-Za-z0-9-]{10}"
                            + "|\\bAIza[A-Za-z0-9_-]{35}"
                            + "|\\bnpm_[A-Za-z0-9]{36}"
                            + "|\\bpypi-[A-Za-z0-9_-]{50}"
                            + "|\\b[sr]k_live_[A-Za-z0-9]{20}"
                            + "|\\bSG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16}"
                            + "|\\bhf_[A-Za-z0-9]{30}"
                            + "|\\beyJ[A-Za-z0-9_-]{10,200}\\.eyJ[A-Za-z0-9_-]{10}"
                            + "|(?i)\\b[a-z0-9_.-]{0,40}(?:passw(?:or)?d|secret|token|api[_-]?key)"
                            + "[a-z0-9_.-]{0,40}['\"]?\\s{0,3}[:=]\\s{0,3}['\"][^\\s'\"$<{]{12,200}['\"]");

    private static final Set<String> LOCKFILES =
            Set.of(
                    "package-lock.json",
                    "npm-shrinkwrap.json",
                    "yarn.lock",
                    "pnpm-lock.yaml",
                    "bun.lock",
                    "deno.lock",
                    "cargo.lock",
                    "poetry.lock",
                    "uv.lock",
                    "pdm.lock",
                    "pipfile.lock",
                    "pylock.toml",
                    "requirements.txt",
                    "requirements-dev.txt",
                    "gemfile.lock",
                    "composer.lock",
                    "gradle.lockfile",
                    "packages.lock.json",
                    "podfile.lock",
                    "pubspec.lock",
                    "package.resolved",
                    "mix.lock",
                    "flake.lock");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?i)\\b((?:git\\+)?[a-z]{2,10}(?:\\+[a-z]{2,10})?://[^/\\s\"'>)]{1,255}"
                            + "|git@[^:\\s]{1,255}|file:[^\\s\"']{1,100}|github:[^/\\s\"']{1,100})");

    private ContentRules() {}

    static boolean looksLikeSecret(String line) {
        return SECRET.matcher(line).find();
    }

    static boolean isLockfile(RelativePath path) {
        return LOCKFILES.contains(FoldedName.of(path.name()));
    }

    /** The places that a text fetches from: schemes with hosts. */
    static Set<String> sources(String text) {
        var sources = new HashSet<String>();
        var found = ADDRESS.matcher(text);
        while (found.find()) {
            sources.add(found.group(1).toLowerCase(Locale.ROOT));
        }
        return sources;
    }
}
