package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.bubblewrap.HostSystem.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSystemTest {
    @TempDir Path root;

    @BeforeEach
    void aProcess() throws IOException {
        folder("proc/self");
    }

    @Test
    void system_folders_are_shown_and_links_to_them_stay_links() throws Exception {
        folder("usr/bin");
        link("bin", "usr/bin");
        link("sbin", "usr/bin");
        folder("lib");
        link("lib64", "/nowhere");

        assertThat(HostSystem.find(root).folders())
                .isEqualTo(
                        List.of(
                                new Part.Folder(Path.of("/usr")),
                                new Part.Link(Path.of("/bin"), "usr/bin"),
                                new Part.Link(Path.of("/sbin"), "usr/bin"),
                                new Part.Folder(Path.of("/lib"))));
    }

    @Test
    void a_link_to_an_absolute_place_is_understood_below_the_root() throws Exception {
        folder("usr/bin");
        link("bin", "/usr/bin");

        assertThat(HostSystem.find(root).folders())
                .isEqualTo(
                        List.of(
                                new Part.Folder(Path.of("/usr")),
                                new Part.Link(Path.of("/bin"), "/usr/bin")));
        Files.delete(root.resolve("bin")); // JUnit warns of links that leave the folder
    }

    @Test
    void of_etc_only_what_is_on_the_list_is_shown() throws Exception {
        for (var secret :
                List.of("shadow", "passwd", "resolv.conf", "gitconfig", "ssl/private/key.pem")) {
            file("etc/" + secret);
        }
        folder("etc/ssl/certs");
        file("etc/ld.so.cache");
        folder("etc/java-21-openjdk");
        folder("etc/java-17-openjdk");
        file("usr/share/zoneinfo/UTC");
        link("etc/localtime", "../usr/share/zoneinfo/UTC");
        link("etc/os-release", "../run/release");
        file("run/release");

        assertThat(HostSystem.find(root).etc())
                .isEqualTo(
                        List.of(
                                new Part.Folder(Path.of("/etc/java-17-openjdk")),
                                new Part.Folder(Path.of("/etc/java-21-openjdk")),
                                new Part.File(Path.of("/etc/ld.so.cache")),
                                new Part.Link(
                                        Path.of("/etc/localtime"), "../usr/share/zoneinfo/UTC"),
                                new Part.File(Path.of("/etc/os-release")),
                                new Part.Folder(Path.of("/etc/ssl/certs"))));
    }

    @Test
    void what_is_there_of_proc_is_sorted_by_what_it_means_for_whom() throws Exception {
        file("proc/keys");
        folder("proc/scsi");
        file("proc/kcore");
        folder("proc/sys");
        folder("proc/irq");
        file("proc/cpuinfo");
        var host = HostSystem.find(root);

        assertThat(List.of(host.hiddenProc(), host.hiddenFromRoot(), host.readOnlyForRoot()))
                .isEqualTo(
                        List.of(
                                List.of(
                                        new Part.File(Path.of("/proc/keys")),
                                        new Part.Folder(Path.of("/proc/scsi"))),
                                List.of(new Part.File(Path.of("/proc/kcore"))),
                                List.of(
                                        new Part.Folder(Path.of("/proc/irq")),
                                        new Part.Folder(Path.of("/proc/sys")))));
    }

    @Test
    void architectures_have_the_names_that_linux_gives_them() {
        assertThat(HostSystem.architecture("amd64")).isEqualTo("x86_64");
        assertThat(HostSystem.architecture("aarch64")).isEqualTo("aarch64");
    }

    private void folder(String name) throws IOException {
        Files.createDirectories(root.resolve(name));
    }

    private void file(String name) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    private void link(String name, String target) throws IOException {
        var link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }
}
