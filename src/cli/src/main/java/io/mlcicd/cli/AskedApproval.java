package io.mlcicd.cli;

import io.mlcicd.deployment.Approval;
import java.io.Console;
import java.time.Instant;
import java.util.Optional;

/** Approvals as the command gets them: from an option, or from whoever sits at the terminal. */
final class AskedApproval {

    private AskedApproval() {}

    /** @param approvedBy the option's value; null when it was not given */
    static Approval of(String approvedBy, Terminal terminal) {
        if (approvedBy != null) {
            return question -> new Approval.Answer(true, approvedBy, Instant.now());
        }
        return Optional.ofNullable(System.console())
                .filter(console -> terminal.interactive())
                .<Approval>map(console -> question -> ask(console, question))
                .orElse(Approval.NOBODY);
    }

    private static Approval.Answer ask(Console console, Approval.Question question) {
        console.printf(
                "%nRelease %s (model %s) to %s, where %s%n",
                question.release(),
                question.model().digest().abbreviated(),
                question.environment().orElse(question.deployment()),
                question.serving().map(old -> "release " + old + " serves").orElse("nothing serves yet"));
        question.changes().forEach(change -> console.printf("  %s: %s%n", change.what(), change.detail()));
        String name = console.readLine("Your name to approve it, or nothing to refuse: ");
        boolean granted = name != null && !name.isBlank();
        return new Approval.Answer(granted, granted ? name.strip() : System.getProperty("user.name"), Instant.now());
    }
}
