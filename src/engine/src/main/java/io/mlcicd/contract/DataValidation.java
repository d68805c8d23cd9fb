package io.mlcicd.contract;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.document.Spelling;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds one data set against its contract. */
final class DataValidation {

    private final DataEngine engine;
    private final DataSource source;
    private final ContractFile file;
    private final List<Check> checks = new ArrayList<>();
    private final List<GateResult> gates = new ArrayList<>();

    DataValidation(DataEngine engine, DataSource source, ContractFile file) {
        this.engine = engine;
        this.source = source;
        this.file = file;
    }

    /** Every check with its gate, in the contract's order. */
    List<GateResult> gates() {
        return List.copyOf(gates);
    }

    /** Reads the data once for all checks and the profile, and again only for examples of what is broken. */
    ValidatedData run() throws InterruptedException {
        Contract contract = file.contract();
        refusePatternsTheEngineDoesNotKnow(contract);
        Relation data = engine.open(source);
        List<PlannedCheck> planned = new ArrayList<>();
        for (ColumnRule rule : contract.columns()) {
            Optional<Column> column = data.find(rule.name());
            if (column.isPresent()) {
                planned.addAll(PlannedCheck.of(rule, column.get(), data, engine.dialect()));
            } else if (rule.required()) {
                throw missing(rule, data);
            }
        }
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            questions.add(planned.get(i).count() + " AS ask_" + i);
        }
        Profiler.Measured measured = Profiler.profile(engine, data, questions);
        long rows = measured.profile().rows();
        checkRows(contract, rows);
        checkExtraColumns(contract, data);
        for (int i = 0; i < planned.size(); i++) {
            check(planned.get(i), measured.answers().count("ask_" + i), rows, data);
        }
        return new ValidatedData(source.name(), source.shown(), contract.name(), rows, checks, measured.profile());
    }

    private void refusePatternsTheEngineDoesNotKnow(Contract contract) throws InterruptedException {
        for (ColumnRule rule : contract.columns()) {
            if (rule.pattern().isPresent()) {
                try {
                    engine.query("SELECT "
                            + engine.dialect().matches("''", rule.pattern().get()) + " AS known");
                } catch (InvalidInputException e) {
                    throw file.error(
                            rule.name(),
                            "pattern",
                            "'%s' is not a regular expression (RE2 syntax: no look-around, no back-references)"
                                    .formatted(rule.pattern().get()));
                }
            }
        }
    }

    private InvalidInputException missing(ColumnRule rule, Relation data) {
        List<String> names = data.columns().stream().map(Column::name).toList();
        return file.error(
                rule.name(),
                "",
                "%s has no column '%s'%s; its columns are: %s; if it may be absent, write required: false"
                        .formatted(
                                source.shown(),
                                rule.name(),
                                Spelling.hint(rule.name(), names),
                                String.join(", ", names)));
    }

    private void checkRows(Contract contract, long rows) {
        contract.minRows()
                .ifPresent(min -> checkRows(rows, Comparison.MIN, min, "at least " + Wording.number(min), min - rows));
        contract.maxRows()
                .ifPresent(max -> checkRows(rows, Comparison.MAX, max, "at most " + Wording.number(max), rows - max));
    }

    private void checkRows(long rows, Comparison comparison, long bound, String expected, long offBy) {
        Gate gate = Gate.of(source.name() + ".rows", comparison, (double) bound);
        Check check = new Check(
                Optional.empty(),
                CheckKind.ROWS,
                gate.metric(),
                expected,
                Wording.count(rows, "row"),
                Math.max(0, offBy),
                0,
                outcome(gate, (double) rows),
                List.of());
        add(check, gate, (double) rows);
    }

    private void checkExtraColumns(Contract contract, Relation data) {
        if (contract.extraColumns() == ExtraColumns.ALLOW) {
            return;
        }
        List<String> known = contract.columns().stream().map(ColumnRule::name).toList();
        List<String> extra = data.columns().stream()
                .map(Column::name)
                .filter(name -> !known.contains(name))
                .toList();
        Gate gate = Gate.of(source.name() + ".extraColumns", Comparison.MAX, 0);
        Check check = new Check(
                Optional.empty(),
                CheckKind.EXTRA_COLUMNS,
                gate.metric(),
                "no columns beyond the contract's",
                Wording.extraColumns(extra),
                extra.size(),
                (double) extra.size() / data.columns().size(),
                outcome(gate, extra.size()),
                List.of());
        add(check, gate, extra.size());
    }

    private void check(PlannedCheck planned, long violations, long rows, Relation data) throws InterruptedException {
        ColumnRule rule = planned.rule();
        CheckKind kind = planned.kind();
        double share = rows == 0 ? 0 : (double) violations / rows;
        String metric = source.name() + "." + rule.name() + "." + kind.key();
        boolean nulls = kind == CheckKind.NULLS;
        Gate gate = new Gate(
                nulls ? metric : metric + ".violations",
                Comparison.MAX,
                nulls ? rule.maxNullShare().orElseThrow() : 0,
                rule.criticality(),
                Optional.empty());
        double actual = nulls ? share : violations;
        Outcome outcome = outcome(gate, actual);
        List<Check.Example> examples = outcome == Outcome.PASSED ? List.of() : examples(planned, data);
        Check check = new Check(
                Optional.of(rule.name()),
                kind,
                gate.metric(),
                Wording.expected(rule, kind),
                Wording.observed(rule, kind, violations, rows, examples),
                violations,
                share,
                outcome,
                examples);
        add(check, gate, actual);
    }

    private List<Check.Example> examples(PlannedCheck planned, Relation data) throws InterruptedException {
        List<Check.Example> examples = new ArrayList<>();
        for (Row row : engine.query(planned.examples(data, engine.dialect()))) {
            examples.add(new Check.Example(row.count("place"), row.text("value")));
        }
        return examples;
    }

    private static Outcome outcome(Gate gate, double actual) {
        return gate.comparison().holds(actual, gate.threshold()) ? Outcome.PASSED : Outcome.FAILED;
    }

    private void add(Check check, Gate gate, double actual) {
        checks.add(check);
        gates.add(new GateResult(
                gate,
                Optional.empty(),
                OptionalDouble.of(actual),
                OptionalDouble.empty(),
                check.outcome(),
                Wording.sentence(source.name(), check)));
    }
}
