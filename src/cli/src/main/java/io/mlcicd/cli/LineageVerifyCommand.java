package io.mlcicd.cli;

import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageLog;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.pipeline.ProjectGraph;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks that no entry of the lineage log was changed, removed or inserted. */
@Command(
        name = "verify",
        description = "Checks that no entry of the lineage log was changed, removed or inserted.",
        footer = {
            "  mlcicd lineage verify",
            "  mlcicd lineage verify --head sha256:1f0c...   # an entry that was noted elsewhere must be there"
        })
final class LineageVerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    @Option(
            names = "--head",
            paramLabel = "DIGEST",
            description = "Digest of an entry, noted elsewhere: so that a log whose end was cut off is found, too.")
    private String head;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    private boolean json;

    LineageVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LineageLog.Verification found = ProjectGraph.log(project.load())
                .verify(Optional.ofNullable(head).map(LineageVerifyCommand::digest));
        terminal.out().print(json ? Json.write(found) : text(found));
        terminal.out().flush();
        return found.holds() ? ExitCode.PASSED : ExitCode.GATE_FAILED;
    }

    private static Digest digest(String text) {
        try {
            return new Digest(text.startsWith("sha256:") ? text : "sha256:" + text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--head must be a whole digest, sha256: and 64 digits: " + text, e);
        }
    }

    private String text(LineageLog.Verification found) {
        StringBuilder text = new StringBuilder();
        found.problems().forEach(problem -> text.append("%s %s%n".formatted(terminal.red("✘"), problem)));
        if (found.holds()) {
            text.append("%s %d entries, each as it was written%s%n"
                    .formatted(
                            terminal.green("✔"),
                            found.entries(),
                            found.removed() == 0
                                    ? ""
                                    : "; the content of %d was removed, as later ones say".formatted(found.removed())));
        }
        found.head().ifPresent(digest -> text.append("  head %s%n".formatted(digest)));
        return text.toString();
    }
}
