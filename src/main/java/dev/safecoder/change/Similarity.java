package dev.safecoder.change;

import java.util.Arrays;

/**
 * What a content consists of, as git sees it when it looks for renames: lines (or pieces of 64
 * bytes of longer ones), each with how many bytes it makes up in all.
 *
 * @param pieces the pieces' hashes, ascending
 * @param bytes how many bytes each hash stands for
 */
record Similarity(long size, int[] pieces, int[] bytes) {
    /** The score of equal contents. */
    static final int MOST = 60_000;

    private static final int LONGEST_PIECE = 64;

    static Similarity of(byte[] content) {
        boolean isText = ContentKind.isText(content);
        var all = new long[content.length / 32 + 1]; // hash and length of each piece
        int count = 0;
        int hash = 0;
        int length = 0;
        for (int at = 0; at < content.length; at++) {
            byte one = content[at];
            boolean last = at == content.length - 1;
            if (isText && one == '\r' && !last && content[at + 1] == '\n') {
                continue;
            }
            hash = (hash + one) * 0x9e3779b1;
            hash ^= hash >>> 15;
            length++;
            if (length == LONGEST_PIECE || one == '\n' || last) {
                if (count == all.length) {
                    all = Arrays.copyOf(all, 2 * count);
                }
                all[count++] = (long) hash << 32 | length;
                hash = 0;
                length = 0;
            }
        }
        Arrays.sort(all, 0, count);
        return merged(content.length, all, count);
    }

    private static Similarity merged(long size, long[] sorted, int count) {
        var pieces = new int[count];
        var bytes = new int[count];
        int last = -1;
        for (int at = 0; at < count; at++) {
            int piece = (int) (sorted[at] >> 32);
            if (last < 0 || pieces[last] != piece) {
                pieces[++last] = piece;
            }
            bytes[last] += (int) sorted[at];
        }
        return new Similarity(
                size, Arrays.copyOf(pieces, last + 1), Arrays.copyOf(bytes, last + 1));
    }

    /** Whether contents of these sizes can reach the score at all. */
    static boolean isPossible(long one, long other, int score) {
        return Math.min(one, other) * MOST >= Math.max(one, other) * score;
    }

    /** How much of the larger content is in the other one, from 0 to {@link #MOST}. */
    int score(Similarity other) {
        long larger = Math.max(size, other.size);
        if (larger == 0) {
            return MOST;
        }
        long common = 0;
        int here = 0;
        int there = 0;
        while (here < pieces.length && there < other.pieces.length) {
            int order = Integer.compare(pieces[here], other.pieces[there]);
            if (order == 0) {
                common += Math.min(bytes[here], other.bytes[there]);
            }
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        return (int) (common * MOST / larger);
    }
}
