package dev.safecoder.threat;

/**
 * The catalogue: ways in which sandboxes of agents have been broken. A for host git, B for the way
 * back to the project, C for the terminal, D for the wall, F for the guest's protocol, G for the
 * model, H for the load on the host, I for crashes.
 */
public enum ThreatCase {
    A1("a nested repository's own filter"),
    A2("the user's global filter, reached by an attribute"),
    A3("a nested .git folder, file or repository that hides files"),
    A4("programs named in the repository's configuration"),
    A5("hooks, and a path to hooks"),
    A6("included and work-tree configuration"),
    A8("alternates and linked object folders"),
    A11("the agent's own commits with impossible trees"),
    A12("a link and a file below it in one change"),
    A13("attributes that blind the reviewer"),
    A14("ignore rules and index flags that hide a payload"),
    A15("programs in the project with the names of tools"),
    B1("links to secrets of the host"),
    B2("a link in one step, a file below it in the next"),
    B3("a folder that changes places with a link all the time"),
    B4("a link of the project that the agent makes a folder"),
    B5("host writes below a linked parent"),
    B7("hard links"),
    B8("paths that climb out, in tool arguments"),
    B9("pipes, sockets and devices"),
    B10("set-user-id, sticky and unreadable modes"),
    B11("names that differ in case only"),
    B14("names that are no text"),
    B15("names that are options, commands or escapes"),
    B17("huge sparse files"),
    B18("files and inodes without end"),
    B20("git's metadata as a target"),
    B21("files that editors and shells run by themselves"),
    B22("build, package and CI scripts"),
    B23("instruction files of agents"),
    B24("content that changes after the review"),
    B25("a host file that the user edits meanwhile"),
    B28("copy tools and archive parsers"),
    C1("cursor movements that rewrite what was shown"),
    C2("the clipboard"),
    C3("titles and questions that the terminal answers"),
    C4("links, images and device strings"),
    C7("bidirectional marks"),
    C8("invisible characters"),
    C11("the terminal as a device"),
    C12("the same strings in logs and histories"),
    D1("arguments of the container"),
    D2("sockets of the engine and of others"),
    D3("capabilities and new privileges"),
    D6("mounts and devices"),
    D7("a fork bomb"),
    D8("memory without end"),
    D11("the kill of the host process"),
    D13("a network of any kind"),
    D14("names as a way out"),
    D15("services of the host"),
    D18("a link in the place of what is mounted"),
    D19("a host on which the wall cannot be built"),
    D20("an engine or runtime with known holes"),
    F1("a guest that lies, floods or drips"),
    G1("orders in a file that the agent follows"),
    G2("keys in the environment"),
    G3("an endpoint or environment set by the project"),
    G4("secrets in the project"),
    G5("secrets at rest"),
    G9("what is drawn or sent when a result is shown"),
    G10("state of ours as a target"),
    H1("output without end"),
    H3("output that is no text"),
    H6("bombs of compressed data"),
    H7("many steps and much content"),
    H8("many commands, descriptors and deep folders"),
    I1("a kill at any step of an apply"),
    I3("a full, broken or read-only disk during an apply"),
    I4("the order of what reaches the disk in an apply"),
    I6("a kill while a step is recorded"),
    I8("a sandbox that dies in a step"),
    I9("an interrupt, or an input that ends, at the question");

    private final String title;

    ThreatCase(String title) {
        this.title = title;
    }

    /** What is tried, in a few words. */
    public String title() {
        return title;
    }
}
