package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Availability.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Why bubblewrap does not work here, each with its remedy; the only place with these words. */
final class Trouble {
    private static final String ELSEWHERE = "choose another backend with --backend";

    private Trouble() {}

    static Unusable notLinux(String system) {
        return new Unusable(
                "bubblewrap needs Linux, and this is %s".formatted(system),
                "install Docker Desktop or Podman, or " + ELSEWHERE);
    }

    /** The remedy is this distribution's, as its {@code os-release} names it. */
    static Unusable notInstalled(Path root) {
        return new Unusable(
                "the program 'bwrap' is not on the PATH",
                "run `%s`".formatted(install(distribution(root))));
    }

    static Unusable isSetuid(Path program) {
        return new Unusable(
                "'%s' is installed setuid root, which forbids sized file systems"
                        .formatted(program),
                "run `sudo chmod u-s %s`".formatted(program));
    }

    static Unusable programMissing(String name) {
        return new Unusable(
                "the program '%s' is not on the PATH".formatted(name),
                "install the system's basic tools (package util-linux), or " + ELSEWHERE);
    }

    static Unusable didNotAnswer(Path program) {
        return new Unusable(
                "'%s' did not start and end within its time".formatted(program),
                "run `%s --version` to see why, or %s".formatted(program, ELSEWHERE));
    }

    static Unusable unreadable(String reason) {
        return new Unusable(
                "this system cannot be read: %s".formatted(reason),
                "mount /proc and /sys, or " + ELSEWHERE);
    }

    /** Reads what bubblewrap said when it could not build the smallest of sandboxes. */
    static Unusable of(String said, Path root) {
        var line = said.strip().lines().findFirst().orElse("no word").replaceFirst("^bwrap: ", "");
        if (line.startsWith("Unknown option")) {
            return new Unusable(
                    "this bubblewrap is too old: %s".formatted(line),
                    "install bubblewrap 0.8.0 or newer, or " + ELSEWHERE);
        }
        if (line.contains("ENOSPC") || line.contains("No space left on device")) {
            return new Unusable(
                    "user namespaces are switched off or used up (user.max_user_namespaces = %s)"
                            .formatted(sysctl(root, "user/max_user_namespaces")),
                    "run `sudo sysctl -w user.max_user_namespaces=15000`");
        }
        if (sysctl(root, "kernel/unprivileged_userns_clone").equals("0")) {
            return new Unusable(
                    "this kernel lets only root make user namespaces",
                    "run `sudo sysctl -w kernel.unprivileged_userns_clone=1`");
        }
        if (sysctl(root, "kernel/apparmor_restrict_unprivileged_userns").equals("1")
                && isDenied(line)) {
            return new Unusable(
                    "AppArmor forbids user namespaces to bubblewrap (%s)".formatted(line),
                    "run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or give"
                            + " bwrap a profile that allows userns");
        }
        if (isContainer(root) && isDenied(line)) {
            return new Unusable(
                    "the container around us forbids user namespaces or mounts (%s)"
                            .formatted(line),
                    "start that container with `--security-opt seccomp=unconfined --security-opt"
                            + " systempaths=unconfined`, or run safe-coder outside of it");
        }
        return new Unusable("bubblewrap cannot build a sandbox: %s".formatted(line), ELSEWHERE);
    }

    private static boolean isDenied(String line) {
        var lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("permission") || lower.contains("not permitted");
    }

    private static boolean isContainer(Path root) {
        return Files.exists(root.resolve(".dockerenv"))
                || Files.exists(root.resolve("run/.containerenv"))
                || Files.exists(root.resolve("run/systemd/container"));
    }

    private static String sysctl(Path root, String name) {
        try {
            return Files.readString(root.resolve("proc/sys").resolve(name)).strip();
        } catch (IOException e) {
            return "unknown"; // this kernel has no such switch
        }
    }

    private static String distribution(Path root) {
        try {
            var ids = new StringBuilder();
            for (var line : Files.readAllLines(root.resolve("etc/os-release"))) {
                if (line.startsWith("ID=") || line.startsWith("ID_LIKE=")) {
                    ids.append(line.replaceFirst("^[A-Z_]*=", "").replace("\"", "")).append(' ');
                }
            }
            return ids.toString();
        } catch (IOException e) {
            return ""; // an unnamed system gets the general advice
        }
    }

    private static String install(String distribution) {
        for (var id : distribution.split(" ")) {
            switch (id) {
                case "debian", "ubuntu" -> {
                    return "sudo apt-get install bubblewrap";
                }
                case "fedora", "rhel", "centos" -> {
                    return "sudo dnf install bubblewrap";
                }
                case "suse", "opensuse" -> {
                    return "sudo zypper install bubblewrap";
                }
                case "arch" -> {
                    return "sudo pacman -S bubblewrap";
                }
                case "alpine" -> {
                    return "sudo apk add bubblewrap";
                }
                default -> {}
            }
        }
        return "sudo apt-get install bubblewrap";
    }
}
