package io.mlcicd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.report.HtmlReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a report from result documents. */
@Command(
        name = "report",
        description = "Draws one self-contained HTML page from result documents.",
        footer = "  mlcicd report evaluate.json drift.json --html report.html")
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "DOCUMENT", description = "Result documents written with --json.")
    private List<Path> documents;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "Where the page goes (default: ${DEFAULT-VALUE}).")
    private Path html;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Result<JsonNode>> results =
                documents.stream().map(ResultDocuments::read).toList();
        AtomicFiles.write(html, HtmlReport.of(results));
        terminal.out().println("Report: " + html);
        terminal.out().flush();
        return ExitCode.PASSED;
    }
}
