package io.mlcicd.cli;

import io.mlcicd.operation.Result;
import io.mlcicd.pipeline.Stages;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves a release on to the next environment. */
@Command(
        name = "promote",
        description = "Releases in one environment what another one serves: the same content, nothing is built.",
        footer = "  mlcicd promote --from staging --to production --approved-by ann")
final class PromoteCommand extends StageCommand {

    @Option(
            names = "--from",
            paramLabel = "NAME",
            required = true,
            description = "Environment that serves the release.")
    private String from;

    @Option(names = "--to", paramLabel = "NAME", required = true, description = "Environment that it goes to.")
    private String to;

    @Option(
            names = "--approved-by",
            paramLabel = "NAME",
            description = "Who approved the release; asked for on the terminal where one is needed.")
    private String approvedBy;

    PromoteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void replace(Replacements replacements) {
        // Everything is said by the environments.
    }

    @Override
    Optional<String> environment() {
        return Optional.of(to);
    }

    @Override
    Result<?> perform(Stages stages) throws InterruptedException {
        return stages.promote(from, AskedApproval.of(approvedBy, terminal()));
    }
}
