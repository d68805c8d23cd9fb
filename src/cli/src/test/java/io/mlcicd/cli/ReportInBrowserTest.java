package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report in a real browser, without a network. */
class ReportInBrowserTest {

    @TempDir
    Path folder;

    @Test
    void chromiumShowsTheVerdictTheGatesAndTheCharts() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "chromium"))),
                "chromium is not installed, so no report was opened in a browser");
        Path predictions = Files.writeString(folder.resolve("p.csv"), "y,s\n1,0.9\n0,0.4\n1,0.3\n0,0.1\n");
        Path page = folder.resolve("report.html");
        CommandRun run = CommandRun.of(
                "evaluate",
                "--task",
                "binary",
                "--predictions",
                predictions.toString(),
                "--label",
                "y",
                "--score",
                "s",
                "--gate",
                "rocAuc>=0.9",
                "--html",
                page.toString());
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GATE_FAILED);

        String shown = dom(page);

        assertThat(shown)
                .contains("<span class=\"word FAILED\">FAILED</span>", "rocAuc is 0.7500, must be at least 0.9000");
        assertThat(shown).contains("<polyline", "aria-label=\"ROC\"", "ROC as a table");
    }

    private String dom(Path page) throws Exception {
        Process browser = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("browser"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        browser.waitFor();
        return dom;
    }
}
