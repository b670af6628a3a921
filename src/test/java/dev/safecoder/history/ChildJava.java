package dev.safecoder.history;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A second JVM with this one's classes, and nothing of its environment. */
final class ChildJava {
    private ChildJava() {}

    static ProcessBuilder of(
            Class<?> main,
            Map<String, String> environment,
            List<String> options,
            String... arguments)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
