/** Shows what uses the space. */
final class Usage {
    /** A line for each folder, the largest first. */
    static String of(Folder folder) {
        return folder.size() + " " + folder.name + "\n";
    }
}
