package dev.safecoder.sandbox.container;

/** What the user chose for containers: the image, and whether it may be fetched. */
public record ContainerSettings(String image, Pull pull) {
    public ContainerSettings {
        if (image.isBlank() || image.startsWith("-")) {
            throw new IllegalArgumentException("'%s' is no image".formatted(image));
        }
    }

    /** One image, which is to be fetched. */
    static ContainerSettings fetching(String image) {
        return new ContainerSettings(image, Pull.MISSING);
    }

    /** When an image is fetched from its registry. */
    public enum Pull {
        /** When it is not there. */
        MISSING,
        NEVER
    }
}
