package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to write where.
 *
 * @param project the project's root
 * @param session the session's id: where it wrote before, its next apply starts from that
 * @param inherited finished applies of other sessions that count as its own: it was forked from
 *     them
 * @param review the decisions; what is not accepted is not written
 * @param unknown paths whose content at the session's start is not known, with the reason: they are
 *     conflicts unless the host holds the accepted content already
 * @param resolutions what to do about a conflict, by the change's path
 * @param onTrouble what to do when some of it cannot be written
 */
public record ApplyRequest(
        Path project,
        String session,
        List<ApplyRecord> inherited,
        Review review,
        Map<RelativePath, String> unknown,
        Map<RelativePath, Resolution> resolutions,
        Links links,
        OnTrouble onTrouble) {
    /** What one conflict or refusal means for the rest. */
    public enum OnTrouble {
        /** Nothing at all is written. */
        WRITE_NOTHING,
        /** What can be written is. */
        WRITE_THE_REST
    }

    public ApplyRequest {
        inherited = List.copyOf(inherited);
        unknown = Map.copyOf(unknown);
        resolutions = Map.copyOf(resolutions);
    }

    /** The careful way: no links, all or nothing. */
    public static ApplyRequest of(Path project, String session, Review review) {
        return new ApplyRequest(
                project,
                session,
                List.of(),
                review,
                Map.of(),
                Map.of(),
                Links.REFUSE,
                OnTrouble.WRITE_NOTHING);
    }

    /** The same for a session that was forked from those that did these. */
    public ApplyRequest withInherited(List<ApplyRecord> applies) {
        return new ApplyRequest(
                project, session, applies, review, unknown, resolutions, links, onTrouble);
    }

    /** The same with paths whose original is not known, and why. */
    public ApplyRequest withUnknown(Map<RelativePath, String> paths) {
        return new ApplyRequest(
                project, session, inherited, review, paths, resolutions, links, onTrouble);
    }

    /** The same with what to do about conflicts, by the change's path. */
    public ApplyRequest withResolutions(Map<RelativePath, Resolution> wanted) {
        return new ApplyRequest(
                project, session, inherited, review, unknown, wanted, links, onTrouble);
    }

    /** The same with another rule for symlinks. */
    public ApplyRequest withLinks(Links rule) {
        return new ApplyRequest(
                project, session, inherited, review, unknown, resolutions, rule, onTrouble);
    }

    /** The same, writing what can be written when some cannot. */
    public ApplyRequest writingTheRest() {
        return new ApplyRequest(
                project,
                session,
                inherited,
                review,
                unknown,
                resolutions,
                links,
                OnTrouble.WRITE_THE_REST);
    }
}
