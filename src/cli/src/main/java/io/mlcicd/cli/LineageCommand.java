package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageStore;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.report.LineageText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows where a model comes from. */
@Command(
        name = "lineage",
        description = "Shows where a released model comes from: data, commit, training, model, image, deployment.",
        subcommands = {
            LineageShowCommand.class,
            LineageUpstreamCommand.class,
            LineageDownstreamCommand.class,
            LineageDiffCommand.class,
            LineageVerifyCommand.class,
            LineageExportCommand.class,
        },
        footer = {
            "  mlcicd lineage docs/examples/seattle-weather",
            "  mlcicd lineage --of sha256:1f0c   # any data, model or image digest, commit or deployment",
            "  mlcicd lineage downstream 443f56 --kind deployment   # where these data went"
        })
final class LineageCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private ProjectOption project;

    @Option(names = "--of", paramLabel = "ID", description = "Start of a digest, a commit, or a deployment's name.")
    private String id;

    @Option(names = "--all", description = "Shows every record, newest first, not only the newest.")
    private boolean all;

    @Option(names = "--json", description = "Prints the records as JSON.")
    private boolean json;

    LineageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project loaded = project.load();
        LineageStore store = new LineageStore(loaded.folder());
        List<LineageEntry> found = id == null ? store.all() : store.find(id);
        if (found.isEmpty()) {
            throw new InvalidInputException(
                    id == null
                            ? loaded.folder() + " has no lineage yet; package or deploy the model first"
                            : "no lineage record has '" + id + "' in it");
        }
        List<LineageEntry> shown = all ? found : found.subList(0, 1);
        if (json) {
            terminal.out().print(Json.write(shown));
        } else {
            shown.forEach(entry -> terminal.out().println(LineageText.of(entry)));
        }
        terminal.out().flush();
        return ExitCode.PASSED;
    }
}
