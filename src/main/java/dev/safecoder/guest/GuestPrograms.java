package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs that run inside, taken from the program's own resources. */
public final class GuestPrograms {
    private static final List<String> NAMES =
            List.of("x86_64/guest", "x86_64/probe", "aarch64/guest", "aarch64/probe");
    private static final int HASH_BYTES = 16;

    private GuestPrograms() {}

    /**
     * Returns {@code <stateFolder>/guest/<content hash>}, which holds {@code <arch>/guest} and
     * {@code <arch>/probe} for every architecture. A folder that is there is whole, since it came
     * by one rename; processes that install at the same time do not disturb each other.
     *
     * @throws GuestException when the folder cannot be written
     */
    public static Path install(Path stateFolder) {
        // the hash lies beside the programs, so that a start need not read half a megabyte
        var place = place(stateFolder, new String(resource("hash"), US_ASCII).strip());
        if (Files.isDirectory(place)) {
            return place;
        }
        var programs = new LinkedHashMap<String, byte[]>();
        NAMES.forEach(name -> programs.put(name, resource(name)));
        return install(stateFolder, programs);
    }

    /** The guest of an installed folder that runs on this machine's own processor. */
    public static Path guestHere(Path installed) {
        var name = System.getProperty("os.arch");
        return installed.resolve(name.equals("amd64") ? "x86_64" : name).resolve("guest");
    }

    private static Path place(Path stateFolder, String hash) {
        return stateFolder.resolve("guest").resolve(hash);
    }

    static Path install(Path stateFolder, Map<String, byte[]> programs) {
        var all = stateFolder.resolve("guest");
        var place = place(stateFolder, hash(programs));
        if (Files.isDirectory(place)) {
            return place;
        }
        try {
            Files.createDirectories(all);
            var fresh = Files.createTempDirectory(all, ".new-");
            try {
                write(fresh, programs);
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException failed) {
                remove(fresh, programs);
                if (!Files.isDirectory(place)) { // otherwise another process was faster
                    throw failed;
                }
            }
            return place;
        } catch (IOException failed) {
            throw GuestException.cannotInstall(place, failed);
        }
    }

    private static byte[] resource(String name) {
        try (var resource = GuestPrograms.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "'%s' is not among the program's resources".formatted(name));
            }
            return resource.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the program's own jar is damaged", unreadable);
        }
    }

    private static String hash(Map<String, byte[]> programs) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            programs.values().forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Every user must be able to run them: inside, the session's user is not always ours. */
    private static void write(Path folder, Map<String, byte[]> programs) throws IOException {
        var executable = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(folder, executable);
        for (var program : programs.entrySet()) {
            var file = folder.resolve(program.getKey());
            Files.createDirectories(file.getParent());
            Files.setPosixFilePermissions(file.getParent(), executable);
            Files.write(file, program.getValue(), StandardOpenOption.CREATE_NEW);
            Files.setPosixFilePermissions(file, executable);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true); // the rename must not outlive the content
            }
        }
    }

    private static void remove(Path folder, Map<String, byte[]> programs) throws IOException {
        for (var name : programs.keySet()) {
            Files.deleteIfExists(folder.resolve(name));
        }
        for (var name : programs.keySet()) {
            Files.deleteIfExists(folder.resolve(name).getParent());
        }
        Files.deleteIfExists(folder);
    }
}
