package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.rule.Wording;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validation results of Great Expectations as JSON: of one suite ({@code ExpectationSuiteValidationResult}), of a
 * checkpoint ({@code CheckpointResult} of 0.13 to 0.18 and of 1.x), and what a checkpoint's {@code describe()} prints.
 */
final class ExpectationResults {

    private static final String TOOL = "Great Expectations";

    private final String file;
    private final OutsideResults results;

    private ExpectationResults(String file, OutsideResults results) {
        this.file = file;
        this.results = results;
    }

    /** @throws InvalidInputException when the file is no such result */
    static void read(String file, JsonNode content, OutsideResults results) {
        ExpectationResults reading = new ExpectationResults(file, results);
        JsonNode runs = content.path("run_results");
        if (runs.isObject() && !runs.isEmpty()) {
            runs.forEach(run -> reading.suite(run.has("validation_result") ? run.path("validation_result") : run));
        } else if (content.path("validation_results").isArray()
                && !content.path("validation_results").isEmpty()) {
            content.path("validation_results").forEach(reading::suite);
        } else {
            reading.suite(content);
        }
    }

    private void suite(JsonNode suite) {
        JsonNode list = suite.path("results").isArray() ? suite.path("results") : suite.path("expectations");
        if (!list.isArray() || !suite.path("success").isBoolean()) {
            throw new InvalidInputException(file + " is no validation result of Great Expectations: it has no list"
                    + " 'results' beside 'success'; write the checkpoint's result there, such as"
                    + " json.dumps(result.describe_dict())");
        }
        String name = name(suite);
        List<Check> checks = new ArrayList<>();
        for (JsonNode node : list) {
            checks.add(check(name, ExpectationResult.of(node, file)));
        }
        results.add(new ToolResults(TOOL, name, file, checks));
        results.gate(
                name + ".expectations",
                Comparison.MIN,
                1,
                checks.size(),
                Criticality.FAILURE,
                name + ": " + Wording.count(checks.size(), "expectation") + (checks.size() == 1 ? " was" : " were")
                        + " evaluated");
        boolean noneFailed = checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
        if (noneFailed && !suite.path("success").booleanValue()) {
            results.gate(
                    name + ".success",
                    Comparison.MIN,
                    1,
                    0,
                    Criticality.FAILURE,
                    name + ": Great Expectations says that the validation failed, though no expectation of " + file
                            + " did");
        }
    }

    private String name(JsonNode suite) {
        return Optional.of(suite.at("/meta/active_batch_definition/data_asset_name")
                        .asText())
                .filter(text -> !text.isBlank())
                .or(() -> Optional.of(suite.path("suite_name").asText()).filter(text -> !text.isBlank()))
                .or(() -> Optional.of(suite.at("/meta/expectation_suite_name").asText())
                        .filter(text -> !text.isBlank()))
                .orElse(file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", ""));
    }

    private Check check(String name, ExpectationResult result) {
        String metric = name + "." + (result.columns().isEmpty() ? "" : String.join("+", result.columns()) + ".")
                + result.type();
        String message = name + ": "
                + (result.columns().isEmpty() ? "" : String.join(", ", result.columns()) + ": ")
                + result.type() + result.parameters() + ": " + result.observed();
        String first = gates(metric, result, message);
        return new Check(
                result.columns(),
                result.type(),
                result.description(),
                first,
                result.criticality(),
                result.type() + result.parameters(),
                result.observed(),
                result.unexpected().orElse(0),
                result.unexpectedShare(),
                result.success() ? Outcome.PASSED : Outcome.FAILED,
                List.of(),
                Optional.empty());
    }

    /** The tool has decided; its numbers become the gate's where they say the same. */
    private String gates(String metric, ExpectationResult result, String message) {
        Criticality criticality = result.criticality();
        List<ExpectationResult.Judged> judged = result.judged();
        boolean agree =
                !judged.isEmpty() && result.success() == judged.stream().allMatch(ExpectationResult.Judged::holds);
        if (!agree) {
            String name = metric + ".success";
            results.gate(name, Comparison.MIN, 1, result.success() ? 1 : 0, criticality, message);
            return name;
        }
        judged.forEach(each -> results.gate(
                metric + each.suffix(), each.comparison(), each.bound(), each.actual(), criticality, message));
        return metric + judged.get(0).suffix();
    }
}
