package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.container.ContainerRequest.Mount;
import dev.safecoder.sandbox.container.ContainerRequest.Mount.Access;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Two volumes for a sandbox on an engine that sees none of our files: one with the guest, one for
 * the project. They are filled through a container that is made for it and never started, because
 * the engine unpacks nothing into a container whose root is read-only.
 */
record Injection(String sandbox, String image, Map<String, String> labels, int uid, int gid) {
    static Injection of(SandboxSpec spec, ContainerSettings settings) {
        return new Injection(
                spec.name(), settings.image(), Labels.of(spec), spec.uid(), spec.gid());
    }

    Mount guest(Access access) {
        return new Mount.Volume(guestVolume(), ContainerPlan.GUEST_FOLDER, access);
    }

    Mount workspace() {
        return new Mount.Volume(workspaceVolume(), ContainerPlan.WORKSPACE, Access.READ_WRITE);
    }

    private String guestVolume() {
        return sandbox + "-guest";
    }

    private String workspaceVolume() {
        return sandbox + "-workspace";
    }

    private String filler() {
        return sandbox + "-filler";
    }

    /** The container that is never started. */
    ObjectNode fillerRequest() {
        var request = Json.MAPPER.createObjectNode().put("Image", image);
        request.set("Entrypoint", ContainerRequest.texts(List.of("/never-started")));
        request.set("Labels", ContainerRequest.object(labels));
        var host = request.putObject("HostConfig").put("NetworkMode", "none");
        host.putArray("Mounts")
                .add(ContainerRequest.json(guest(Access.READ_WRITE)))
                .add(ContainerRequest.json(workspace()));
        return request;
    }

    /** Makes and fills the volumes. */
    String bring(Engine engine, Flavor flavor, byte[] guest)
            throws IOException, InterruptedException {
        engine.createVolume(guestVolume(), labels);
        engine.createVolume(workspaceVolume(), labels);
        engine.create(filler(), fillerRequest());
        switch (flavor) {
            // a volume's own folder takes its owner only from an archive of its parent
            case DOCKER -> engine.upload(filler(), "/", Tar.of(guest, uid, gid));
            // an archive of the parent would be unpacked below the volumes
            case PODMAN -> {
                engine.upload(filler(), ContainerPlan.GUEST_FOLDER, Tar.guestFolder(guest));
                engine.upload(filler(), ContainerPlan.WORKSPACE, Tar.workspaceFolder(uid, gid));
            }
        }
        engine.remove(filler());
        return sandbox;
    }

    /** Removes them, whatever of them was made; the sandbox's container is gone by then. */
    void remove(Engine engine) throws IOException, InterruptedException {
        engine.remove(filler());
        engine.removeVolume(guestVolume());
        engine.removeVolume(workspaceVolume());
    }
}
