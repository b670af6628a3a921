package dev.safecoder.cli;

import dev.safecoder.model.Message;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.text.TerminalEncoder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A conversation as Markdown. No control or invisible character is in it, and what tools were asked
 * and answered stands in fences that it cannot close.
 */
final class ConversationPage {
    private static final Pattern FENCE = Pattern.compile("`{3,}");

    private final StringBuilder page = new StringBuilder();

    private ConversationPage() {}

    static String of(SessionRecord session, List<Message> messages) {
        var page = new ConversationPage();
        page.paragraph("# Safe Coder session " + session.id());
        page.fenced(
                "%s\n%s behind %s\nbegun %s"
                        .formatted(
                                session.project(),
                                session.model(),
                                session.backend(),
                                session.created()));
        messages.forEach(page::add);
        return page.page.toString();
    }

    private void add(Message message) {
        switch (message) {
            case Message.UserText user -> spoken("You", user.text());
            case Message.Summary summary -> spoken("Summary", summary.text());
            case Message.ModelReply(var reply) -> {
                if (!reply.text().isBlank()) {
                    spoken("Agent", reply.text());
                }
                reply.requests().forEach(this::asked);
            }
            case Message.ToolAnswers(var answers) -> answers.forEach(this::answered);
        }
    }

    private void spoken(String who, String text) {
        paragraph("## " + who);
        paragraph(TerminalEncoder.block(text).strip());
    }

    private void asked(ToolRequest request) {
        paragraph("### Tool");
        fenced(request.name() + " " + request.input().toPrettyString());
    }

    private void answered(ToolAnswer answer) {
        fenced(answer.text());
    }

    private void paragraph(String text) {
        page.append(text).append("\n\n");
    }

    private void fenced(String text) {
        var safe = TerminalEncoder.block(text).stripTrailing();
        int longest =
                FENCE.matcher(safe).results().mapToInt(run -> run.group().length()).max().orElse(2);
        var fence = "`".repeat(longest + 1);
        paragraph(fence + "text\n" + safe + "\n" + fence);
    }
}
