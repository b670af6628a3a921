package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.container.ContainerRequest.Confinement;
import dev.safecoder.sandbox.container.ContainerRequest.Mount;
import dev.safecoder.sandbox.container.ContainerRequest.Mount.Access;
import dev.safecoder.sandbox.container.ContainerSettings.Pull;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineFacts.Privilege;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {
    private static final ContainerSettings SETTINGS =
            new ContainerSettings("debian:12", Pull.MISSING);
    private static final WorkspaceMount OVERLAY =
            new WorkspaceMount.Overlay(
                    Path.of("/home/u/a:b, c"), Path.of("/s/upper"), Path.of("/s/work"));
    private static final Map<String, String> LABELS =
            Map.of(
                    "dev.safecoder.sandbox", "safe-coder-1",
                    "dev.safecoder.state", "/state",
                    "dev.safecoder.session", "session-1",
                    "dev.safecoder.owner.host", "here",
                    "dev.safecoder.owner.pid", "42",
                    "dev.safecoder.owner.started", "1700000000000");
    private static final Confinement CONFINEMENT =
            new Confinement(
                    "none",
                    List.of("127.0.0.1"),
                    "",
                    List.of("ALL"),
                    List.of("no-new-privileges"),
                    512,
                    512L << 20,
                    1_500_000_000L,
                    Map.of("nofile", 16_384L),
                    64L << 20);
    private static final Map<String, String> TMPFS =
            Map.of(
                    "/tmp", "rw,exec,nosuid,nodev,size=268435456,mode=1777",
                    "/var/tmp", "rw,exec,nosuid,nodev,size=67108864,mode=1777",
                    "/run", "rw,exec,nosuid,nodev,size=33554432,mode=1777",
                    "/home/agent",
                            "rw,exec,nosuid,nodev,size=268435456,mode=0700,uid=1000,gid=1001");

    private static SandboxSpec spec(WorkspaceMount workspace, Network network) {
        return new SandboxSpec(
                "safe-coder-1",
                "session-1",
                new Owner("here", 42, 1_700_000_000_000L),
                Path.of("/state"),
                Path.of("/state/scratch"),
                Path.of("/state/guest/1"),
                workspace,
                1000,
                1001,
                new Limits(1.5, 512L << 20, 512, 1L << 30),
                network);
    }

    private static EngineFacts facts(Flavor flavor, Privilege privilege) {
        return new EngineFacts(
                flavor,
                privilege,
                MountSupport.OVERLAY_AND_FOLDER,
                "x86_64",
                4,
                Map.of("nofile", 16_384L),
                Optional.empty());
    }

    private static ContainerPlan docker(WorkspaceMount workspace) {
        return ContainerPlan.of(
                spec(workspace, Network.NONE), SETTINGS, facts(Flavor.DOCKER, Privilege.ROOT));
    }

    @Test
    void an_overlay_in_docker_is_a_volume_whose_layers_are_links_in_scratch() {
        assertThat(docker(OVERLAY))
                .isEqualTo(
                        new ContainerPlan(
                                new ContainerRequest(
                                        "debian:12",
                                        List.of("/.safe-coder/guest"),
                                        List.of(
                                                "--upper",
                                                "/.safe-coder-layers/upper",
                                                "--disk",
                                                "1073741824",
                                                "--drop"),
                                        "1000:1001",
                                        LABELS,
                                        CONFINEMENT,
                                        List.of(
                                                new Mount.Bind(
                                                        "/state/scratch/guest",
                                                        "/.safe-coder",
                                                        Access.READ_ONLY),
                                                new Mount.Overlay(
                                                        "/workspace",
                                                        "lowerdir=/state/scratch/lower,"
                                                                + "upperdir=/state/scratch/upper,"
                                                                + "workdir=/state/scratch/work,"
                                                                + "nosuid,nodev"),
                                                new Mount.Bind(
                                                        "/state/scratch/upper",
                                                        "/.safe-coder-layers/upper",
                                                        Access.READ_ONLY)),
                                        List.of(),
                                        TMPFS),
                                Map.of(
                                        "guest", Path.of("/state/guest/1/x86_64"),
                                        "lower", Path.of("/home/u/a:b, c"),
                                        "upper", Path.of("/s/upper"),
                                        "work", Path.of("/s/work")),
                                Map.of(),
                                Optional.empty()));
    }

    @Test
    void an_overlay_in_podman_is_its_own_kind_of_bind() {
        var plan =
                ContainerPlan.of(
                        spec(OVERLAY, Network.NONE),
                        SETTINGS,
                        facts(Flavor.PODMAN, Privilege.ROOT));
        assertThat(plan.request().binds())
                .containsExactly(
                        "/state/scratch/lower:/workspace:O,"
                                + "upperdir=/state/scratch/upper,workdir=/state/scratch/work");
        assertThat(plan.request().tmpfs())
                .containsEntry("/home/agent", "rw,exec,nosuid,nodev,size=268435456,mode=1777");
        assertThat(plan.files())
                .isEqualTo(
                        Map.of(
                                "hosts", "127.0.0.1 localhost\n::1 localhost\n",
                                "resolv.conf", "nameserver 127.0.0.1\n"));
        assertThat(plan.request().mounts())
                .contains(
                        new Mount.Bind("/state/scratch/hosts", "/etc/hosts", Access.READ_ONLY),
                        new Mount.Bind(
                                "/state/scratch/resolv.conf",
                                "/etc/resolv.conf",
                                Access.READ_ONLY));
    }

    @Test
    void a_rootless_podman_keeps_the_users_number() {
        var plan =
                ContainerPlan.of(
                        spec(OVERLAY, Network.NONE),
                        SETTINGS,
                        facts(Flavor.PODMAN, Privilege.ROOTLESS));
        assertThat(plan.request().confinement().userNamespace()).isEqualTo("keep-id");
        assertThat(plan.request().user()).isEqualTo("1000:1001");
    }

    @Test
    void a_folder_is_bound_writable_and_nothing_else_is() {
        var plan = docker(new WorkspaceMount.Folder(Path.of("/s/copy")));
        assertThat(plan.request().mounts())
                .containsExactly(
                        new Mount.Bind("/state/scratch/guest", "/.safe-coder", Access.READ_ONLY),
                        new Mount.Bind("/state/scratch/folder", "/workspace", Access.READ_WRITE));
        assertThat(plan.request().arguments()).containsExactly("--disk", "1073741824", "--drop");
    }

    @Test
    void a_streamed_workspace_names_no_path_of_this_host() {
        var plan = docker(new WorkspaceMount.Streamed());
        assertThat(plan)
                .isEqualTo(
                        new ContainerPlan(
                                new ContainerRequest(
                                        "debian:12",
                                        List.of("/.safe-coder/guest"),
                                        List.of("--disk", "1073741824", "--drop"),
                                        "1000:1001",
                                        LABELS,
                                        CONFINEMENT,
                                        List.of(
                                                new Mount.Volume(
                                                        "safe-coder-1-guest",
                                                        "/.safe-coder",
                                                        Access.READ_ONLY),
                                                new Mount.Volume(
                                                        "safe-coder-1-workspace",
                                                        "/workspace",
                                                        Access.READ_WRITE)),
                                        List.of(),
                                        TMPFS),
                                Map.of(),
                                Map.of(),
                                Optional.of(
                                        new Injection(
                                                "safe-coder-1", "debian:12", LABELS, 1000, 1001))));
    }

    @Test
    void the_bridge_is_taken_only_when_it_is_asked_for() {
        var plan =
                ContainerPlan.of(
                        spec(OVERLAY, Network.BRIDGE),
                        SETTINGS,
                        facts(Flavor.DOCKER, Privilege.ROOT));
        assertThat(plan.request().confinement().network()).isEqualTo("bridge");
        assertThat(plan.request().confinement().nameServers()).isEmpty();
    }

    @Test
    void no_more_processors_are_asked_for_than_the_engine_has() {
        var small =
                new EngineFacts(
                        Flavor.DOCKER,
                        Privilege.ROOT,
                        MountSupport.OVERLAY_AND_FOLDER,
                        "x86_64",
                        1,
                        Map.of(),
                        Optional.empty());
        var plan = ContainerPlan.of(spec(OVERLAY, Network.NONE), SETTINGS, small);
        assertThat(plan.request().confinement().nanoCpus()).isEqualTo(1_000_000_000L);
    }

    @Test
    void a_scratch_folder_that_options_cannot_hold_is_known() {
        assertThat(ContainerPlan.isPlain(Path.of("/home/ü b/safe-coder"))).isTrue();
        for (var path : List.of("/a,b", "/a:b", "/a\\b", "/a\nb", "/a\"b", "/a=b")) {
            assertThat(ContainerPlan.isPlain(Path.of(path))).as(path).isFalse();
        }
    }

    @Test
    void the_request_is_written_field_by_field() throws Exception {
        var json = docker(new WorkspaceMount.Folder(Path.of("/s/copy"))).request().json();
        assertThat(Json.MAPPER.readTree(json.toString())) // numbers of one width
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                                {"Image":"debian:12","User":"1000:1001","WorkingDir":"/workspace",
                                 "Hostname":"sandbox","Entrypoint":["/.safe-coder/guest"],
                                 "Cmd":["--disk","1073741824","--drop"],
                                 "Labels":{"dev.safecoder.sandbox":"safe-coder-1",
                                  "dev.safecoder.state":"/state",
                                  "dev.safecoder.session":"session-1",
                                  "dev.safecoder.owner.host":"here",
                                  "dev.safecoder.owner.pid":"42",
                                  "dev.safecoder.owner.started":"1700000000000"},
                                 "Healthcheck":{"Test":["NONE"]},
                                 "AttachStdin":true,"AttachStdout":true,"AttachStderr":true,
                                 "OpenStdin":true,"StdinOnce":true,"Tty":false,
                                 "HostConfig":{"NetworkMode":"none","Dns":["127.0.0.1"],
                                  "ReadonlyRootfs":true,"Privileged":false,"AutoRemove":true,
                                  "CapDrop":["ALL"],"SecurityOpt":["no-new-privileges"],
                                  "IpcMode":"private","CgroupnsMode":"private","PidsLimit":512,
                                  "Memory":536870912,"MemorySwap":536870912,
                                  "NanoCpus":1500000000,"ShmSize":67108864,
                                  "Ulimits":[{"Name":"nofile","Soft":16384,"Hard":16384}],
                                  "RestartPolicy":{"Name":"no"},"LogConfig":{"Type":"none"},
                                  "Tmpfs":{
                                   "/tmp":"rw,exec,nosuid,nodev,size=268435456,mode=1777",
                                   "/var/tmp":"rw,exec,nosuid,nodev,size=67108864,mode=1777",
                                   "/run":"rw,exec,nosuid,nodev,size=33554432,mode=1777",
                                   "/home/agent":"rw,exec,nosuid,nodev,size=268435456,mode=0700,uid=1000,gid=1001"},
                                  "Mounts":[
                                   {"Type":"bind","Source":"/state/scratch/guest",
                                    "Target":"/.safe-coder","ReadOnly":true},
                                   {"Type":"bind","Source":"/state/scratch/folder",
                                    "Target":"/workspace","ReadOnly":false}]}}
                                """));
    }
}
