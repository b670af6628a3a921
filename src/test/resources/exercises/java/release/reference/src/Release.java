import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a release: 2.10.1, or 2.10.1-rc.2 before it. */
record Release(int major, int minor, int patch, String before) implements Comparable<Release> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-rc\\.(\\d{1,6}))?");
    private static final Comparator<Release> ORDER =
            Comparator.comparingInt(Release::major)
                    .thenComparingInt(Release::minor)
                    .thenComparingInt(Release::patch)
                    .thenComparingInt(Release::candidate);

    static Release parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no release");
        }
        return new Release(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4) == null ? "" : parts.group(4));
    }

    private int candidate() {
        return before.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(before);
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (before.isEmpty() ? "" : "-rc." + before);
    }
}
