package dev.safecoder.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;

/**
 * A tool from outside of this package. The toolbox takes neither its words nor its promises as they
 * are: what it says is bounded and made fit for a model, and each call may have changed something.
 */
public interface AddedTool {
    /** Its name is its own: no other tool of the toolbox has it. */
    ToolDefinition definition();

    /** Does the work; the input is an object and otherwise unchecked. */
    Answer run(ObjectNode input) throws InterruptedException;

    /** What it says, raw. */
    record Answer(String text, Outcome outcome) {}
}
