package dev.safecoder.sandbox;

import java.nio.file.Path;

/** A host process of its own with a sandbox in it, to be killed by a test. */
final class KilledOwner {
    private KilledOwner() {}

    /** Arguments: the contract's class, a folder, a word for the command that runs inside. */
    public static void main(String[] arguments) throws Exception {
        var constructor =
                Class.forName(arguments[0]).asSubclass(SandboxScene.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        var sandbox = constructor.newInstance().start(Path.of(arguments[1]));
        var script = "sleep %s & sleep %s".formatted(arguments[2], arguments[2]);
        var running =
                sandbox.guest()
                        .start(SandboxScene.command("sh", "-c", script), new SandboxScene.Taken());
        System.out.println("id " + sandbox.id());
        running.await();
    }
}
