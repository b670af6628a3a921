package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.bubblewrap.HostSystem.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFolderTest {
    @TempDir Path folder;

    @Test
    void it_has_our_accounts_files_of_the_host_and_places_for_its_folders() throws Exception {
        EtcFolder.write(
                folder.resolve("etc"),
                host(
                        new Part.File(Path.of("/etc/services")),
                        new Part.Folder(Path.of("/etc/ssl/certs")),
                        new Part.Link(Path.of("/etc/localtime"), "services")),
                1000,
                1001);

        assertThat(entries(folder.resolve("etc")))
                .isEqualTo(
                        Map.of(
                                "", "rwxr-xr-x",
                                "group", "rw-r--r-- root:x:0:\nagent:x:1001:\nnogroup:x:65534:\n",
                                "hosts",
                                        "rw-r--r-- 127.0.0.1 localhost safe-coder\n"
                                                + "::1 localhost safe-coder\n",
                                "localtime", "-> services",
                                "nsswitch.conf",
                                        "rw-r--r-- passwd: files\ngroup: files\nhosts: files\n",
                                "passwd",
                                        "rw-r--r-- root:x:0:0::/nonexistent:/bin/false\n"
                                                + "agent:x:1000:1001::/home/agent:/bin/sh\n"
                                                + "nobody:x:65534:65534::/nonexistent:/bin/false\n",
                                "services",
                                        "rw-r--r-- " + Files.readString(Path.of("/etc/services")),
                                "ssl", "rwxr-xr-x",
                                "ssl/certs", "rwxr-xr-x"));
    }

    @Test
    void root_is_the_only_account_when_the_project_is_roots() {
        assertThat(EtcFolder.accounts(0, 0))
                .containsEntry(
                        "passwd",
                        """
                        root:x:0:0::/home/agent:/bin/sh
                        nobody:x:65534:65534::/nonexistent:/bin/false
                        """)
                .containsEntry("group", "root:x:0:\nnogroup:x:65534:\n");
    }

    private static HostSystem host(Part... etc) {
        return new HostSystem(
                List.of(), List.of(etc), List.of(), List.of(), List.of(), "x86_64", 0, 0);
    }

    private static Map<String, String> entries(Path tree) throws IOException {
        var entries = new TreeMap<String, String>();
        try (var paths = Files.walk(tree)) {
            for (var path : paths.toList()) {
                entries.put(tree.relativize(path).toString(), entry(path));
            }
        }
        return entries;
    }

    private static String entry(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        var mode =
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return Files.isRegularFile(path) ? mode + " " + Files.readString(path) : mode;
    }
}
