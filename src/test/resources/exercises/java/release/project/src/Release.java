/** The number of a release: 2.10.1, or 2.10.1-rc.2 before it. */
record Release(int major, int minor, int patch, String before) implements Comparable<Release> {

    static Release parse(String text) {
        String[] parts = text.split("\\.");
        return new Release(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), "");
    }

    @Override
    public int compareTo(Release other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
