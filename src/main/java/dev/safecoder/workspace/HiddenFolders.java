package dev.safecoder.workspace;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.path.GitNames;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what a folder of the sandbox hides of the project's folder at the same path. In an overlay,
 * a folder that was removed and made again covers the project's without a trace in the list of
 * candidates. Instead of interpreting the layer's marks, the merged view is asked for names that
 * the project has: one visible name shows that the folder is open; when none of a few is visible,
 * every name is asked for.
 */
final class HiddenFolders {
    private static final int SAMPLE = 8;
    private static final int BATCH = 500;
    private static final int MOST_NAMES = 1_000_000;

    private final Guest guest;
    private final Originals originals;

    HiddenFolders(Guest guest, Originals originals) {
        this.guest = guest;
        this.originals = originals;
    }

    /**
     * The project's files that are no longer visible below these folders.
     *
     * @param known paths of which it is known already what became of them
     */
    List<RelativePath> goneBelow(List<RelativePath> folders, Predicate<RelativePath> known)
            throws IOException, InterruptedException {
        var gone = new ArrayList<RelativePath>();
        for (var folder : folders) {
            if (originals.at(folder) instanceof Original.Folder && hides(folder, known)) {
                var names = originals.names(folder, MOST_NAMES);
                for (var invisible : invisible(unreported(folder, names, known))) {
                    if (originals.at(invisible) instanceof Original.Folder) {
                        gone.addAll(originals.filesBelow(invisible));
                    } else {
                        gone.add(invisible);
                    }
                }
            }
        }
        return gone;
    }

    private boolean hides(RelativePath folder, Predicate<RelativePath> known)
            throws IOException, InterruptedException {
        var names = originals.names(folder, MOST_NAMES);
        var sample = unreported(folder, names, known);
        var few = sample.subList(0, Math.min(SAMPLE, sample.size()));
        return !few.isEmpty() && invisible(few).size() == few.size();
    }

    private static List<RelativePath> unreported(
            RelativePath folder, List<RelativePath> names, Predicate<RelativePath> known) {
        return names.stream()
                .filter(name -> !GitNames.isOne(name))
                .map(folder::resolve)
                .filter(path -> !known.test(path))
                .toList();
    }

    private List<RelativePath> invisible(List<RelativePath> paths) throws InterruptedException {
        var invisible = new ArrayList<RelativePath>();
        for (int from = 0; from < paths.size(); from += BATCH) {
            var batch = paths.subList(from, Math.min(paths.size(), from + BATCH));
            var seen = guest.stat(batch.stream().map(RelativePath::bytes).toList());
            for (int at = 0; at < batch.size(); at++) {
                if (seen.get(at).kind() == Entry.Kind.GONE) {
                    invisible.add(batch.get(at));
                }
            }
        }
        return invisible;
    }
}
