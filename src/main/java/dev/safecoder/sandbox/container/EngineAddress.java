package dev.safecoder.sandbox.container;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where an engine listens. */
sealed interface EngineAddress {
    /** A socket in the file system. */
    record Unix(Path socket) implements EngineAddress {
        @Override
        public String toString() {
            return "unix://" + socket;
        }
    }

    /** A named pipe of Windows, as {@code \\.\pipe\name}. */
    record Pipe(String name) implements EngineAddress {
        @Override
        public String toString() {
            return "npipe://" + name.replace('\\', '/');
        }
    }

    /** A port, with TLS when the folder of its keys is given. */
    record Tcp(String host, int port, Optional<TlsFiles> tls) implements EngineAddress {
        @Override
        public String toString() {
            return "tcp://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
        }
    }

    /** The files of a TLS client, as docker names them; the host's name may be left unchecked. */
    record TlsFiles(Path folder, Verification verification) {
        enum Verification {
            FULL,
            /** Any certificate will do: encrypted, but whoever answers is believed. */
            NONE
        }
    }

    /** Reads an address as {@code DOCKER_HOST} has it; empty when there is no such kind here. */
    static Optional<EngineAddress> parse(String text, Optional<TlsFiles> tls) {
        try {
            var uri = new URI(text.contains("://") ? text : "tcp://" + text);
            var path = Objects.requireNonNullElse(uri.getPath(), "");
            return switch (uri.getScheme()) {
                case "unix" -> path.isEmpty() ? none() : Optional.of(new Unix(Path.of(path)));
                case "npipe" -> path.isEmpty() ? none() : Optional.of(new Pipe(windows(path)));
                case "tcp", "http", "https" -> tcp(uri, tls);
                default -> Optional.empty();
            };
        } catch (URISyntaxException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<EngineAddress> none() {
        return Optional.empty();
    }

    private static String windows(String path) {
        return path.replace('/', '\\');
    }

    private static Optional<EngineAddress> tcp(URI uri, Optional<TlsFiles> tls) {
        if (uri.getHost() == null) {
            return Optional.empty();
        }
        var host = uri.getHost().replaceAll("[\\[\\]]", "");
        var usual = tls.isPresent() ? 2376 : 2375;
        return Optional.of(new Tcp(host, uri.getPort() < 0 ? usual : uri.getPort(), tls));
    }
}
