package dev.safecoder.app;

import dev.safecoder.configuration.ConfigurationPlaces;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What the program takes from the world around it, in one place, so that nothing below reads it for
 * itself: where things lie, the time, chance, and this machine's name and system.
 */
public record Surroundings(
        ConfigurationPlaces places,
        InstantSource clock,
        RandomGenerator chance,
        String host,
        String system) {
    private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

    /** This machine's name, by which a process number is known to be of this machine. */
    public static String hostName() {
        try {
            return Files.isReadable(LINUX_NAME)
                    ? Files.readString(LINUX_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException unnamed) {
            return "localhost";
        }
    }

    /** The operating system as people know it: {@code linux}, {@code macos}, {@code windows}. */
    public static String systemName(String property) {
        var name = property.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "macos";
        }
        return name.startsWith("windows") ? "windows" : name;
    }

    /** The same world, but for a state folder of its own. */
    Surroundings keepingStateIn(Path state) {
        return new Surroundings(places.keepingStateIn(state), clock, chance, host, system);
    }

    boolean isLinux() {
        return system.equals("linux");
    }
}
