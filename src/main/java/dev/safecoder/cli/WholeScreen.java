package dev.safecoder.cli;

import dev.safecoder.review.ReviewWalk;
import java.io.IOException;

/** A terminal that lends all of itself to one thing and is as before afterwards. */
interface WholeScreen {
    /**
     * Reviews until the person ends it.
     *
     * @return false when the terminal turns out to be too simple; nothing was shown
     * @throws InterruptedException by Ctrl-C, or when the calling thread is interrupted
     */
    boolean review(ReviewWalk walk) throws IOException, InterruptedException;
}
