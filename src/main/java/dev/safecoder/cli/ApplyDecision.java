package dev.safecoder.cli;

import dev.safecoder.app.ChangeReport;
import dev.safecoder.app.Delivery;
import dev.safecoder.app.Delivery.Selection;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.DeliveryResult.Obstacle;
import dev.safecoder.app.DeliveryResult.Status;
import dev.safecoder.configuration.Settings.ApplyMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;

/** Whether a session's changes go to the project at its end: by setting, or by asking. */
final class ApplyDecision {
    private final Console console;
    private final Questions questions;
    private final Delivery delivery;

    ApplyDecision(Console console, Questions questions, Delivery delivery) {
        this.console = console;
        this.questions = questions;
        this.delivery = delivery;
    }

    DeliveryResult decide(ApplyMode mode) throws IOException, InterruptedException {
        if (mode != ApplyMode.NEVER && delivery.isEmpty()) {
            return DeliveryResult.idle(Status.NOTHING);
        }
        return switch (mode) {
            case NEVER -> DeliveryResult.idle(Status.NOT_REQUESTED);
            case ASK -> ask();
            case CLEAN -> clean();
            case ALL -> delivery.apply(Selection.ALL);
        };
    }

    /** All or nothing: one flagged or refused file stops the whole. */
    private DeliveryResult clean() throws IOException, InterruptedException {
        var notClean = new ArrayList<Obstacle>();
        for (var one : delivery.reports()) {
            if (one.needsConfirmation()) {
                notClean.add(new Obstacle(one.change().path().bytes(), one.whyNotByDefault()));
            }
        }
        delivery.refusals().forEach(it -> notClean.add(new Obstacle(it.path(), it.reason())));
        return notClean.isEmpty()
                ? delivery.apply(Selection.UNFLAGGED)
                : DeliveryResult.refusing(notClean);
    }

    private DeliveryResult ask() throws IOException, InterruptedException {
        if (!console.isTerminal()) {
            return DeliveryResult.idle(Status.NOT_REQUESTED);
        }
        var changes = delivery.reports();
        long flagged = changes.stream().filter(ChangeReport::needsConfirmation).count();
        long unflagged = changes.size() - flagged;
        if (unflagged == 0) {
            console.say("Every change is flagged; look at them with `safe-coder diff`.");
            return DeliveryResult.idle(Status.NOT_REQUESTED);
        }
        var answer =
                questions.ask(
                        flagged == 0
                                ? "Apply these changes to the project? [y/N]"
                                : "Apply the %d unflagged changes to the project? [y/N]"
                                        .formatted(unflagged));
        return answer.filter(ApplyDecision::isYes).isPresent()
                ? delivery.apply(Selection.UNFLAGGED)
                : DeliveryResult.idle(Status.NOT_REQUESTED);
    }

    private static boolean isYes(String answer) {
        return switch (answer.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            default -> false;
        };
    }
}
