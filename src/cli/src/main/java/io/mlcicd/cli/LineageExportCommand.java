package io.mlcicd.cli;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.graph.OpenLineage;
import io.mlcicd.lineage.graph.ProvJson;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.pipeline.ProjectGraph;
import io.mlcicd.report.LineageSite;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the lineage as OpenLineage events, one a line, as W3C PROV JSON, or as pages to look at. */
@Command(
        name = "export",
        description = "Writes the lineage as OpenLineage events, one a line, as W3C PROV JSON, or as pages to look at.",
        footer = {
            "  mlcicd lineage export --format openlineage",
            "  mlcicd lineage export --format prov --output lineage.prov.json",
            "  mlcicd lineage export --format html --output lineage"
        })
final class LineageExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private LineageProject project;

    /** The forms that others read. */
    private enum Format {
        OPENLINEAGE,
        PROV,
        HTML
    }

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write it; standard output when left out. Of html, the folder for the pages.")
    private Path output;

    LineageExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (format == Format.HTML) {
            return pages();
        }
        String text = format == Format.PROV ? Json.write(ProvJson.of(project.graph())) : events();
        if (output == null) {
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            AtomicFiles.write(output, text);
        }
        return ExitCode.PASSED;
    }

    private Integer pages() {
        if (output == null) {
            throw new InvalidInputException("pages need a folder; name it: --output FOLDER");
        }
        new LineageSite(project.graph()).write((file, page) -> AtomicFiles.write(output.resolve(file), page));
        terminal.out().println(output.resolve(LineageSite.INDEX));
        terminal.out().flush();
        return ExitCode.PASSED;
    }

    private String events() {
        OpenLineage events = OpenLineage.ofThisTool();
        StringBuilder lines = new StringBuilder();
        ProjectGraph.log(project.load()).read(entry -> {
            if (!entry.removed()) {
                events.events(entry)
                        .forEach(event -> lines.append(Json.line(event)).append('\n'));
            }
        });
        return lines.toString();
    }
}
