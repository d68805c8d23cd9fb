package io.mlcicd.contract;

import io.mlcicd.contract.rule.Bounds;
import io.mlcicd.contract.rule.CountedRule;
import io.mlcicd.contract.rule.Facts;
import io.mlcicd.contract.rule.Finding;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.MeasureRule;
import io.mlcicd.contract.rule.Scope;
import io.mlcicd.contract.rule.Unique;
import io.mlcicd.contract.rule.Wording;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.Row;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A promise on its way from the contract to its gates.
 *
 * @param promise what is asked for
 * @param scope where
 * @param metric the name of its metric, without what is counted
 * @param hidden whether values stay out of what is told
 */
record PlannedCheck(Promise promise, Scope scope, String metric, boolean hidden) {

    /** What came of it. */
    record Judged(Check check, List<GateResult> gates, OptionalDouble measured) {}

    /** The aggregates it needs. */
    List<String> questions() {
        return promise.rule().questions(scope);
    }

    /** Holds what was found against what was promised. */
    Judged judge(Facts facts, String dataSet, int mostExamples) throws InterruptedException {
        Finding finding = promise.rule().find(scope, facts);
        List<Held> held = held(finding);
        Outcome outcome = outcome(finding, held);
        List<Check.Example> examples = outcome == Outcome.FAILED ? examples(finding, facts, mostExamples) : List.of();
        String observed = told(finding) + suchAs(examples);
        Check check = new Check(
                promise.columns(),
                promise.rule().key(),
                promise.terms().name(),
                held.get(0).gate().metric(),
                promise.terms().criticality(),
                promise.rule().expected(),
                observed,
                finding.violations(),
                finding.share(),
                outcome,
                examples,
                Optional.empty());
        String message = promise.rule().sentence(subject(dataSet), observed);
        return new Judged(
                check,
                held.stream()
                        .map(each -> new GateResult(
                                each.gate(),
                                Optional.empty(),
                                hidesNumber() ? OptionalDouble.empty() : each.actual(),
                                OptionalDouble.empty(),
                                finding.skipped() ? Outcome.SKIPPED : each.outcome(),
                                message))
                        .toList(),
                finding.measured());
    }

    /** A gate and the number it is held against. */
    private record Held(Gate gate, OptionalDouble actual) {
        Outcome outcome() {
            return actual.isPresent() && gate.comparison().holds(actual.getAsDouble(), gate.threshold())
                    ? Outcome.PASSED
                    : Outcome.FAILED;
        }
    }

    private List<Held> held(Finding finding) {
        if (promise.rule() instanceof MeasureRule measured) {
            Bounds bounds = measured.bounds();
            List<Held> held = new ArrayList<>();
            bounds.least().ifPresent(min -> held.add(held(metric, Comparison.MIN, min, finding.measured())));
            bounds.greatest().ifPresent(max -> held.add(held(metric, Comparison.MAX, max, finding.measured())));
            return held;
        }
        double mostly = mostly();
        return List.of(
                mostly == 1
                        ? held(violations(), Comparison.MAX, 0, OptionalDouble.of((double) finding.violations()))
                        : held(
                                metric + ".keptShare",
                                Comparison.MIN,
                                mostly,
                                OptionalDouble.of(1 - finding.shareOfConcerned())));
    }

    private double mostly() {
        return promise.rule().takesMostly() ? promise.terms().mostly() : 1;
    }

    /** Columns are counted under the plain name. */
    private String violations() {
        return promise.columns().isEmpty() && promise.rule().questions(scope).isEmpty()
                ? metric
                : metric + ".violations";
    }

    private Held held(String name, Comparison comparison, double bound, OptionalDouble actual) {
        return new Held(new Gate(name, comparison, bound, promise.terms().criticality(), Optional.empty()), actual);
    }

    private static Outcome outcome(Finding finding, List<Held> held) {
        if (finding.skipped()) {
            return Outcome.SKIPPED;
        }
        return held.stream().allMatch(each -> each.outcome() == Outcome.PASSED) ? Outcome.PASSED : Outcome.FAILED;
    }

    private List<Check.Example> examples(Finding finding, Facts facts, int most) throws InterruptedException {
        List<Check.Example> examples = new ArrayList<>();
        if (finding.breaking().isPresent() && finding.violations() > 0 && most > 0) {
            for (Row row : facts.engine().query(finding.breaking().get().query(most))) {
                examples.add(new Check.Example(
                        row.count("place"), row.text("value").map(value -> hidden ? Check.HIDDEN : value)));
            }
        }
        return examples;
    }

    private boolean hidesNumber() {
        return hidden && promise.rule() instanceof MeasureRule measured && measured.measuresValue();
    }

    private String told(Finding finding) {
        return hidden && promise.rule().tellsValues() && !finding.skipped()
                ? Check.HIDDEN
                : finding.told().orElseGet(() -> counted(finding));
    }

    private String counted(Finding finding) {
        CountedRule rule = (CountedRule) promise.rule();
        if (finding.violations() == 0) {
            return rule.kept();
        }
        double mostly = mostly();
        String of = mostly == 1
                ? Wording.percent(finding.share()) + " of " + Wording.count(finding.rows(), "row")
                : "%s of %s, at most %s may"
                        .formatted(
                                Wording.percent(finding.shareOfConcerned()),
                                Wording.count(finding.concerned(), "value"),
                                Wording.percent(1 - mostly));
        String where = promise.terms().where().map(filter -> " where " + filter).orElse("");
        return "%s %s (%s%s)"
                .formatted(
                        Wording.count(finding.violations(), rule.noun(scope)),
                        rule.broken(finding.violations()),
                        of,
                        where);
    }

    private String suchAs(List<Check.Example> examples) {
        if (examples.isEmpty() || !(promise.rule() instanceof CountedRule)) {
            return "";
        }
        Check.Example first = examples.get(0);
        String value = scope.columns().isEmpty() ? "" : ", such as " + quoted(first);
        if (promise.rule() instanceof Unique) {
            return value
                    + examples.stream()
                            .filter(example -> example.value().equals(first.value()))
                            .map(example -> Wording.number(example.row()))
                            .collect(Collectors.joining(", ", " in rows ", ""));
        }
        return (value.isEmpty() ? ", such as" : value + " in") + " row " + Wording.number(first.row());
    }

    /** Text is quoted, so that what it is about to say is seen to be data. */
    private String quoted(Check.Example example) {
        String shown = Wording.shown(example.value().orElse("null"));
        boolean text = scope.columns().size() == 1
                && (promise.rule() instanceof IsOfType || scope.type() == ColumnType.STRING);
        return text && !hidden ? "'" + shown + "'" : shown;
    }

    private String subject(String dataSet) {
        return promise.columns().isEmpty() ? dataSet : dataSet + ": " + String.join(", ", promise.columns());
    }
}
