package dev.safecoder.cli;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("safe-coder 0.1");
    }
}
