package io.mlcicd.evaluation;

import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results of the model's own tests, as JUnit XML. */
final class TestReports {

    private TestReports() {}

    /**
     * Reads the reports and adds what came of the tests, with their metrics, to the draft: {@code tests.count}, the
     * number of tests that ran, which is the sum of {@code tests.passed}, {@code tests.failed} and {@code tests.errors};
     * {@code tests.skipped}, and {@code tests.seconds}, what all of them took.
     *
     * @param files reports, folders with reports in files that end in {@code .xml}, or patterns of paths; when there are
     *     none, nothing is added
     * @param gates what decides already; a gate on the tests takes the place of the one they come with
     * @param inputs hears the files that were read
     * @return the gates that the tests come with: at least one has run, unless a gate is on how many ran or passed, and
     *     none failed or broke, unless there is any gate on the tests
     * @throws InvalidInputException when a file is missing or no such report; the message names file and line
     */
    static List<Gate> read(List<NamedFile> files, List<Gate> gates, EvaluationDraft draft, List<Artifact> inputs) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<TestSuite> suites = new ArrayList<>();
        for (NamedFile file : files) {
            for (NamedFile report : reports(file)) {
                suites.addAll(JUnitReport.read(report));
                inputs.add(EvaluateModel.digest("tests", report));
            }
        }
        draft.tests(suites);
        long ran = measure(suites, draft);
        if (ran == 0) {
            draft.note("no test of the model has run: its test reports have none that was not skipped");
        }
        return defaults(gates);
    }

    private static List<NamedFile> reports(NamedFile named) {
        FileSource source =
                new FileSource("tests", named.path().toString(), named.shown(), Optional.empty(), ReadOptions.SNIFFED);
        boolean isFolder = Files.isDirectory(named.path());
        Map<String, Path> found = new TreeMap<>(source.files());
        found.keySet()
                .removeIf(name -> isFolder && !name.toLowerCase(Locale.ROOT).endsWith(".xml"));
        if (found.isEmpty()) {
            throw new InvalidInputException(
                    (isFolder ? named.shown() + " has no .xml file" : "there is no test report at " + named.shown())
                            + "; run the model's tests first, and let them write JUnit XML there"
                            + " (pytest: --junitxml=FILE)");
        }
        return found.entrySet().stream()
                .map(entry -> new NamedFile(entry.getValue(), entry.getKey()))
                .toList();
    }

    private static long measure(List<TestSuite> suites, EvaluationDraft draft) {
        long all = suites.stream().mapToLong(TestSuite::tests).sum();
        long failed = suites.stream().mapToLong(TestSuite::failed).sum();
        long errors = suites.stream().mapToLong(TestSuite::errors).sum();
        long skipped = suites.stream().mapToLong(TestSuite::skipped).sum();
        long ran = all - skipped;
        count(draft, "tests.count", ran);
        count(draft, "tests.passed", ran - failed - errors);
        count(draft, "tests.failed", failed);
        count(draft, "tests.errors", errors);
        count(draft, "tests.skipped", skipped);
        draft.metric(
                "tests.seconds",
                Estimate.certain(suites.stream().mapToDouble(TestSuite::seconds).sum()));
        return ran;
    }

    private static void count(EvaluationDraft draft, String metric, long value) {
        draft.metric(metric, Estimate.certain((double) value));
    }

    private static List<Gate> defaults(List<Gate> gates) {
        List<Gate> defaults = new ArrayList<>();
        // Without this one, a gate on failures would pass when the tests were never found.
        if (gates.stream().noneMatch(TestReports::isOnWhatRan)) {
            defaults.add(Gate.of("tests.count", Comparison.MIN, 1));
        }
        if (gates.stream().noneMatch(gate -> gate.metric().startsWith("tests."))) {
            defaults.add(Gate.of("tests.failed", Comparison.MAX, 0));
            defaults.add(Gate.of("tests.errors", Comparison.MAX, 0));
        }
        return defaults;
    }

    private static boolean isOnWhatRan(Gate gate) {
        return gate.comparison() == Comparison.MIN
                && (gate.metric().equals("tests.count") || gate.metric().equals("tests.passed"));
    }
}
