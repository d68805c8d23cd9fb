package io.mlcicd.contract;

import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.contract.rule.DateFormat;
import io.mlcicd.contract.rule.Facts;
import io.mlcicd.contract.rule.ForeignKey;
import io.mlcicd.contract.rule.Matches;
import io.mlcicd.contract.rule.Present;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.contract.rule.Scope;
import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Spelling;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Holds one data set against its contract. */
final class DataValidation {

    private final DataEngine engine;
    private final DataSource source;
    private final ContractFile file;
    private final String shownContract;
    private final Facts.Beside beside;
    private final int mostExamples;
    private final List<Check> checks = new ArrayList<>();
    private final List<GateResult> gates = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();

    DataValidation(DataEngine engine, DataSource source, ContractFile file, Facts.Beside beside, int mostExamples) {
        this(engine, source, file, file.path(), beside, mostExamples);
    }

    /** @param shownContract the contract's file as the user wrote it */
    DataValidation(
            DataEngine engine,
            DataSource source,
            ContractFile file,
            String shownContract,
            Facts.Beside beside,
            int mostExamples) {
        this.engine = engine;
        this.source = source;
        this.file = file;
        this.shownContract = shownContract;
        this.beside = beside;
        this.mostExamples = mostExamples;
    }

    /** A promise that the data do not keep, with the number that was measured, if one was. */
    record Broken(Promise promise, Check check, OptionalDouble measured) {}

    /** Every promise that is not kept, in the contract's order. */
    List<Broken> broken() {
        return List.copyOf(broken);
    }

    /** Every gate, in the contract's order. */
    List<GateResult> gates() {
        return List.copyOf(gates);
    }

    /** Reads the data once for all checks and the profile, and again only for what aggregates do not tell. */
    ValidatedData run() throws InterruptedException {
        Contract contract = file.contract();
        refuseWhatTheEngineDoesNotKnow(contract);
        Relation data = engine.open(source);
        List<PlannedCheck> planned = plan(contract, data);
        Map<String, String> names = new LinkedHashMap<>();
        List<Profiler.Item> questions = new ArrayList<>();
        for (PlannedCheck check : planned) {
            String column = check.scope().all() && check.scope().columns().size() == 1
                    ? check.scope().column()
                    : "";
            for (String question : check.questions()) {
                String name = "ask_" + names.size();
                if (names.putIfAbsent(question, name) == null) {
                    questions.add(new Profiler.Item(column, question + " AS " + name));
                }
            }
        }
        Profiler.Measured measured = Profiler.profile(engine, data, questions);
        Map<String, Object> answers = new HashMap<>();
        names.forEach((question, name) -> {
            Object answer = measured.answers().values().get(name);
            if (answer != null) {
                answers.put(question, answer);
            }
        });
        Facts facts = new Facts(engine, data, measured.profile(), answers, beside);
        for (PlannedCheck check : planned) {
            PlannedCheck.Judged judged = check.judge(facts, source.name(), mostExamples);
            checks.add(judged.check().at(place(check.promise())));
            gates.addAll(judged.gates());
            if (judged.check().outcome() == Outcome.FAILED) {
                broken.add(new Broken(check.promise(), judged.check(), judged.measured()));
            }
        }
        file.left().forEach(left -> checks.add(notCarried(left)));
        return new ValidatedData(
                source.name(),
                source.shown(),
                contract.name(),
                Optional.empty(),
                measured.profile().rows(),
                contract.columns().stream().map(ValidatedData.Described::of).toList(),
                checks,
                Sensitive.hide(measured.profile(), contract));
    }

    private Optional<Check.Place> place(Promise promise) {
        String pointer = file.pointer(promise);
        return pointer.isEmpty()
                ? Optional.empty()
                : file.line(pointer + "/" + promise.rule().key())
                        .or(() -> file.line(pointer))
                        .map(line -> new Check.Place(shownContract, line));
    }

    /** What was not asked is shown, so that nobody takes it for kept. */
    private Check notCarried(ImportedContract.Left left) {
        return new Check(
                List.of(),
                "notCarried",
                Optional.of(left.what()),
                source.name() + ".notCarried",
                Criticality.NOTE,
                left.what(),
                "not asked: " + left.why(),
                0,
                0,
                Outcome.SKIPPED,
                List.of(),
                Optional.empty());
    }

    private void refuseWhatTheEngineDoesNotKnow(Contract contract) throws InterruptedException {
        for (Promise promise : contract.allPromises()) {
            if (promise.rule() instanceof Matches matches) {
                require(
                        engine.dialect().matches("''", matches.pattern()),
                        file.pointer(promise) + "/" + matches.key(),
                        "'%s' is not a regular expression (RE2 syntax: no look-around, no back-references)"
                                .formatted(matches.pattern()));
            } else if (promise.rule() instanceof DateFormat dates) {
                for (String format : dates.formats()) {
                    require(
                            engine.dialect().parsedTime("''", List.of(format)),
                            file.pointer(promise) + "/" + dates.key(),
                            "'%s' is not a format of dates; after a %%-sign stands one of Y, m, d, H, M, S and the other letters of C's strptime"
                                    .formatted(format));
                }
            }
        }
    }

    private void require(String expression, String pointer, String otherwise) throws InterruptedException {
        try {
            engine.query("SELECT " + expression + " AS known");
        } catch (InvalidInputException e) {
            throw file.error(pointer, otherwise);
        }
    }

    private void refuseUnknownDataSet(Promise promise) {
        Optional<Rule.Other> other = promise.rule().other();
        if (other.isPresent() && !beside.names().contains(other.get().name())) {
            throw file.error(
                    file.pointer(promise) + other.get().key(),
                    "there is no data set called '%s'%s; there are: %s"
                            .formatted(
                                    other.get().name(),
                                    Spelling.hint(other.get().name(), beside.names()),
                                    String.join(", ", beside.names())));
        }
    }

    private void refuseUnknownKeys(Promise promise, ForeignKey foreign, Relation data) throws InterruptedException {
        String pointer = file.pointer(promise) + "/" + foreign.key();
        Optional<ForeignKey.Problem> problem = foreign.problem(data, beside.other(foreign.in()));
        if (problem.isPresent()) {
            String list = foreign.keys().equals(foreign.columns()) ? "/columns/" : "/keys/";
            throw file.error(
                    pointer + list + problem.get().index(), problem.get().message());
        }
    }

    private List<PlannedCheck> plan(Contract contract, Relation data) throws InterruptedException {
        refuseMissing(contract, data);
        Set<String> taken = new HashSet<>();
        List<PlannedCheck> planned = new ArrayList<>();
        for (Promise promise : contract.allPromises()) {
            if (promise.rule() instanceof Present
                    || promise.columns().stream().allMatch(column -> has(contract, promise, data, column))) {
                refuseUnknownDataSet(promise);
                if (promise.rule() instanceof ForeignKey foreign) {
                    refuseUnknownKeys(promise, foreign, data);
                }
                Scope scope = new Conditions(engine, file, data).scope(promise);
                boolean hidden = scope.columns().stream()
                        .anyMatch(column -> contract.find(column)
                                .filter(ContractColumn::sensitive)
                                .isPresent());
                planned.add(new PlannedCheck(promise, scope, metric(promise, taken), hidden));
            }
        }
        return planned;
    }

    private void refuseMissing(Contract contract, Relation data) {
        if (contract.missingColumns() == MissingColumns.REFUSE) {
            for (ContractColumn column : contract.columns()) {
                if (column.required() && data.find(column.name()).isEmpty()) {
                    throw missing(ContractFile.pointerTo(column.name()), column.name(), data);
                }
            }
        }
    }

    /** Whether a promise's column is there; one that no contract column allows to be absent must be. */
    private boolean has(Contract contract, Promise promise, Relation data, String column) {
        if (data.find(column).isPresent()) {
            return true;
        }
        if (contract.find(column).isEmpty()) {
            throw missing(file.pointer(promise), column, data);
        }
        return false;
    }

    private InvalidInputException missing(String pointer, String column, Relation data) {
        List<String> names = data.columns().stream().map(Column::name).toList();
        return file.error(
                pointer,
                "%s has no column '%s'%s; its columns are: %s; if it may be absent, write required: false"
                        .formatted(source.shown(), column, Spelling.hint(column, names), String.join(", ", names)));
    }

    /** A metric's name is the contract's, else the rule's; a second of the same name is numbered. */
    private String metric(Promise promise, Set<String> taken) {
        String columns = promise.columns().isEmpty() ? "" : String.join("+", promise.columns()) + ".";
        String name = source.name() + "." + columns
                + promise.terms().name().orElse(promise.rule().key());
        String metric = name;
        for (int i = 2; !taken.add(metric); i++) {
            metric = name + "#" + i;
        }
        return metric;
    }
}
