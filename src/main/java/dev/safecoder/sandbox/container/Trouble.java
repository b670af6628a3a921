package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.BackendName;
import java.nio.file.Path;

/** The classic troubles with engines: each with what was seen and what mends it. */
final class Trouble {
    private Trouble() {}

    static Unusable sshAddress(String by, String host) {
        var login = host.replaceFirst("^ssh://", "").replaceFirst("/.*", "");
        return new Unusable(
                "%s is '%s', and engines are not reached over ssh here".formatted(by, host),
                "forward its socket with `ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock %s`"
                                .formatted(login)
                        + " and set %s to unix:///tmp/engine.sock"
                                .formatted(by.equals("CONTAINER_HOST") ? by : "DOCKER_HOST"));
    }

    static Unusable unreadableAddress(String by, String host) {
        return new Unusable(
                "%s is '%s', which is no address of an engine".formatted(by, host),
                "give it as unix:///path, tcp://host:port or npipe:////./pipe/name");
    }

    static Unusable unknownContext(String name, Path file) {
        return new Unusable(
                "the docker context '%s' has no endpoint in '%s'".formatted(name, file),
                "choose another with `docker context use default`");
    }

    static Unusable apiTooOld(Engine engine) {
        return new Unusable(
                "%s speaks the API only up to %s, at least %s is needed"
                        .formatted(engine.server(), engine.version(), Engine.OLDEST),
                "install Docker 20.10 or newer, or Podman 4 or newer");
    }

    static Unusable notInstalled(BackendName engine) {
        return engine == BackendName.PODMAN
                ? new Unusable(
                        "Podman is not installed",
                        "install it, for example with `sudo apt-get install podman`")
                : new Unusable(
                        "Docker is not installed",
                        "install it: https://docs.docker.com/get-docker/");
    }

    static Unusable notRunning(BackendName engine, String where) {
        return new Unusable(
                "nothing listens at '%s'".formatted(where),
                engine == BackendName.PODMAN
                        ? "start it with `systemctl --user start podman.socket`"
                        : "start Docker: `sudo systemctl start docker`, or open Docker Desktop");
    }

    static Unusable named(EngineAddress address, String by, String why) {
        return new Unusable(
                "the engine at '%s' (%s) does not answer: %s".formatted(address, by, why),
                "start that engine, or unset %s".formatted(by));
    }

    static Unusable permissionDenied(BackendName engine, Path socket) {
        return new Unusable(
                "this user may not use the socket '%s'".formatted(socket),
                engine == BackendName.PODMAN
                        ? "use your own: `systemctl --user start podman.socket`"
                        : "join its group with `sudo usermod -aG docker \"$USER\"` and log in"
                                + " again");
    }

    static Unusable noAnswer(EngineAddress address, String why) {
        return new Unusable(
                "the engine at '%s' does not answer as one: %s".formatted(address, why),
                "look at its log with `journalctl -u docker`, then restart it");
    }

    static Unusable imageMissing(BackendName engine, String image) {
        return new Unusable(
                "image '%s' is not there and fetching it is turned off".formatted(image),
                "fetch it with `%s pull %s`, or allow it with `safe-coder config set"
                                .formatted(engine, image)
                        + " docker.auto_pull true`");
    }

    static Unusable imageUnknown(BackendName engine, String image, String why) {
        return new Unusable(
                "image '%s' is not there and its registry does not have it: %s"
                        .formatted(image, why),
                "choose one that exists with --image, or build it with `%s build -t %s .`"
                        .formatted(engine, image));
    }

    static Unusable imageDenied(BackendName engine, String image, String registry) {
        return new Unusable(
                "image '%s' is not there and %s wants a login for it".formatted(image, registry),
                "log in with `%s login %s`, or choose another image with --image"
                        .formatted(engine, registry));
    }

    static Unusable registryUnreachable(
            BackendName engine, String image, String registry, String why) {
        return new Unusable(
                "image '%s' is not there and %s cannot be reached: %s"
                        .formatted(image, registry, why),
                "go online and run `%s pull %s`, or choose an image that is there with --image"
                        .formatted(engine, image));
    }

    static Unusable notBuilt(String image, String why) {
        return new Unusable(
                "image '%s' could not be built: %s".formatted(image, why),
                "mend the recipe; its steps run in the engine, with the engine's network");
    }

    static Unusable notRemoved(BackendName engine, String image, String why) {
        return new Unusable(
                "image '%s' could not be removed: %s".formatted(image, why),
                "see what there is with `safe-coder image ls`, and what uses it with `%s ps -a`"
                        .formatted(engine));
    }

    static Unusable diskFull(BackendName engine, String why) {
        return new Unusable(
                "its disk is full: %s".formatted(why),
                "free space with `%s system prune`".formatted(engine));
    }
}
