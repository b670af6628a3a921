package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The request for one container: what is asked of the engine, field by field. */
record ContainerRequest(
        String image,
        List<String> entrypoint,
        List<String> arguments,
        String user,
        Map<String, String> labels,
        Confinement confinement,
        List<Mount> mounts,
        List<String> binds,
        Map<String, String> tmpfs) {
    /** The walls around it. Everything else is the engine's default on purpose. */
    record Confinement(
            String network,
            List<String> nameServers,
            String userNamespace,
            List<String> dropped,
            List<String> security,
            int pids,
            long memory,
            long nanoCpus,
            Map<String, Long> ulimits,
            long sharedMemory) {}

    /** A mount that the engine makes. */
    sealed interface Mount {
        /** A folder or file of the host. */
        record Bind(String source, String target, Access access) implements Mount {}

        /** A new volume without a name, an overlay, which goes with the container. */
        record Overlay(String target, String options) implements Mount {}

        /** A volume that is there already. */
        record Volume(String name, String target, Access access) implements Mount {}

        enum Access {
            READ_ONLY,
            READ_WRITE
        }
    }

    ObjectNode json() {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("Image", image).put("User", user).put("WorkingDir", "/workspace");
        tree.put("Hostname", "sandbox");
        tree.set("Entrypoint", texts(entrypoint));
        tree.set("Cmd", texts(arguments));
        tree.set("Labels", object(labels));
        // an image's own health check would run its programs beside the guest
        tree.putObject("Healthcheck").putArray("Test").add("NONE");
        for (var flag : List.of("AttachStdin", "AttachStdout", "AttachStderr", "OpenStdin")) {
            tree.put(flag, true);
        }
        tree.put("StdinOnce", true).put("Tty", false); // our end of the stream is its life
        tree.set("HostConfig", hostConfig());
        return tree;
    }

    private ObjectNode hostConfig() {
        var host = JsonNodeFactory.instance.objectNode();
        host.put("NetworkMode", confinement.network());
        if (!confinement.nameServers().isEmpty()) {
            host.set("Dns", texts(confinement.nameServers()));
        }
        if (!confinement.userNamespace().isEmpty()) {
            host.put("UsernsMode", confinement.userNamespace());
        }
        host.put("ReadonlyRootfs", true).put("Privileged", false).put("AutoRemove", true);
        host.set("CapDrop", texts(confinement.dropped()));
        host.set("SecurityOpt", texts(confinement.security()));
        host.put("IpcMode", "private").put("CgroupnsMode", "private");
        host.put("PidsLimit", confinement.pids());
        host.put("Memory", confinement.memory()).put("MemorySwap", confinement.memory());
        host.put("NanoCpus", confinement.nanoCpus()).put("ShmSize", confinement.sharedMemory());
        var ulimits = host.putArray("Ulimits");
        confinement
                .ulimits()
                .forEach(
                        (name, most) ->
                                ulimits.addObject()
                                        .put("Name", name)
                                        .put("Soft", most)
                                        .put("Hard", most));
        host.putObject("RestartPolicy").put("Name", "no");
        host.putObject("LogConfig").put("Type", "none");
        host.set("Tmpfs", object(tmpfs));
        if (!binds.isEmpty()) {
            host.set("Binds", texts(binds));
        }
        mounts.forEach(mount -> host.withArray("Mounts").add(json(mount)));
        return host;
    }

    static ObjectNode json(Mount mount) {
        var json = JsonNodeFactory.instance.objectNode();
        switch (mount) {
            case Mount.Bind(var source, var target, var access) -> {
                json.put("Type", "bind").put("Source", source).put("Target", target);
                json.put("ReadOnly", access == Mount.Access.READ_ONLY);
            }
            case Mount.Overlay(var target, var options) -> {
                json.put("Type", "volume").put("Target", target);
                json.putObject("VolumeOptions")
                        .put("NoCopy", true)
                        .putObject("DriverConfig")
                        .put("Name", "local")
                        .putObject("Options")
                        .put("type", "overlay")
                        .put("device", "overlay")
                        .put("o", options);
            }
            case Mount.Volume(var name, var target, var access) -> {
                json.put("Type", "volume").put("Source", name).put("Target", target);
                json.put("ReadOnly", access == Mount.Access.READ_ONLY);
                json.putObject("VolumeOptions").put("NoCopy", true);
            }
        }
        return json;
    }

    static ArrayNode texts(List<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ObjectNode object(Map<String, String> entries) {
        var object = JsonNodeFactory.instance.objectNode();
        entries.forEach(object::put);
        return object;
    }
}
