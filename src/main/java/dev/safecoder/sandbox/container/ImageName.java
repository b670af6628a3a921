package dev.safecoder.sandbox.container;

/** An image's name, split as the engines split it: a tag or digest behind it, a registry before. */
record ImageName(String repository, String tag) {
    private static final String HUB = "docker.io";

    static ImageName parse(String text) {
        int digest = text.indexOf('@');
        if (digest >= 0) {
            return new ImageName(text.substring(0, digest), text.substring(digest + 1));
        }
        int colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf('/')
                ? new ImageName(text.substring(0, colon), text.substring(colon + 1))
                : new ImageName(text, "latest");
    }

    /** The host that is asked for it. */
    String registry() {
        int slash = repository.indexOf('/');
        if (slash < 0) {
            return HUB;
        }
        var first = repository.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost ? first : HUB;
    }
}
