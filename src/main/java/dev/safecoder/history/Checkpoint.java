package dev.safecoder.history;

import java.time.Instant;

/**
 * One step of a session. The step number is its stable name; the commit id of an earlier step
 * changes when a later one touches a file of the project for the first time (see {@link History}).
 *
 * @param step 0 for the initial snapshot, then 1, 2, …
 * @param id the commit's id at this moment, 40 hex digits
 * @param subject the first line of the message
 * @param body the lines below it, empty when there are none
 */
public record Checkpoint(int step, String id, String subject, String body, Instant when) {}
