package io.mlcicd.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.Range;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.contract.rule.Wording;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Widens a contract until new data keep it, where that is a matter of degree: bounds, null shares, sets, numbers of rows,
 * statistics, columns that came or went. What is a matter of judgement is left to a person, and said.
 */
public final class UpdateContract {

    private final ContractFile file;
    private final List<String> lines;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /**
     * One line of the contract that changes.
     *
     * @param before the line as it was; empty for a new one
     * @param after the line as it is to be
     * @param why what the data have
     */
    public record Change(Optional<String> before, String after, String why) {}

    /**
     * A contract that was widened.
     *
     * @param yaml its text; as it was, comments included, but for the lines that change
     * @param changes those lines, in the contract's order
     * @param left what the data break still, for a person to decide
     */
    public record Updated(String yaml, List<Change> changes, List<String> left) {

        public Updated {
            changes = List.copyOf(changes);
            left = List.copyOf(left);
        }
    }

    private UpdateContract(ContractFile file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Holds the data against the contract and widens what they break.
     *
     * @throws InvalidInputException when data or contract cannot be read, or the contract is another tool's
     */
    public static Updated update(DataSource data, Path contract, DataEngines engines, Progress progress)
            throws InterruptedException {
        ContractFile file = ContractFile.read(contract);
        if (file.line("/contract").isEmpty()) {
            throw new InvalidInputException(contract
                    + " is a contract of another tool; turn it into one of ours first: mlcicd import " + contract);
        }
        List<String> lines;
        try {
            lines = new ArrayList<>(Files.readAllLines(contract));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + contract + ": " + e.getMessage(), e);
        }
        return new UpdateContract(file, lines).run(data, contract, engines, progress);
    }

    private Updated run(DataSource source, Path path, DataEngines engines, Progress progress)
            throws InterruptedException {
        try (DataEngine engine = engines.open(List.of(source), progress)) {
            progress.step("reading " + source.shown(), 0);
            List<String> there = engine.open(source).columns().stream()
                    .map(column -> column.name())
                    .toList();
            Contract lenient = withAbsent(there);
            ContractedData contracted = new ContractedData(source, path);
            DataValidation validation = new DataValidation(
                    engine,
                    source,
                    file.with(lenient),
                    new Neighbours(engine, contracted, List.of(source), Instant.now()),
                    Check.MOST_EXAMPLES);
            ValidatedData validated = validation.run();
            apply(lenient, validation.broken(), validated.profile());
        }
        return new Updated(String.join("\n", lines) + "\n", changes, left);
    }

    /** The contract in which columns that are gone may be absent. */
    private Contract withAbsent(List<String> there) {
        Contract contract = file.contract();
        return new Contract(
                contract.name(),
                contract.description(),
                contract.missingColumns(),
                contract.promises(),
                contract.columns().stream()
                        .map(column -> there.contains(column.name()) || !column.required() ? column : optional(column))
                        .toList());
    }

    private static ContractColumn optional(ContractColumn column) {
        return new ContractColumn(
                column.name(), column.type(), false, column.sensitive(), column.description(), column.promises());
    }

    private void apply(Contract lenient, List<DataValidation.Broken> broken, DataProfile profile) {
        IdentityHashMap<Promise, Rule> wider = new IdentityHashMap<>();
        Map<String, List<String>> reasons = new TreeMap<>();
        for (DataValidation.Broken each : broken) {
            Promise promise = each.promise();
            String column = promise.columns().size() == 1 ? promise.columns().get(0) : "";
            Optional<Rule> rule =
                    ofALine(promise) ? Widening.of(each, profile.find(column), profile.rows()) : Optional.empty();
            String why = each.check().observed();
            if (rule.isEmpty()) {
                left.add((column.isEmpty() ? "" : column + ": ") + each.check().kind() + " "
                        + each.check().expected() + ": " + why);
            } else {
                wider.put(promise, rule.get());
                reasons.computeIfAbsent(column, name -> new ArrayList<>()).add(why);
            }
        }
        // From the end of the file, so that the lines before keep their numbers.
        addNew(lenient, profile);
        List<ContractColumn> columns = lenient.columns();
        for (int i = columns.size() - 1; i >= 0; i--) {
            ContractColumn column = columns.get(i);
            ContractColumn changed = widened(column, wider, profile.find(column.name()));
            boolean gone = !column.required()
                    && file.contract().find(column.name()).orElseThrow().required();
            if (gone || !changed.equals(column)) {
                List<String> why = new ArrayList<>(reasons.getOrDefault(column.name(), List.of()));
                if (gone) {
                    why.add("the data have no such column");
                }
                replace(
                        ContractFile.pointerTo(column.name()),
                        i + 1 < columns.size()
                                ? Optional.of(ContractFile.pointerTo(
                                        columns.get(i + 1).name()))
                                : Optional.empty(),
                        ContractWriter.column(changed),
                        String.join("; ", why));
            }
        }
        for (Promise promise : lenient.promises()) {
            if (wider.containsKey(promise)) {
                replace(
                        "/rows",
                        Optional.empty(),
                        ContractWriter.line(rows(lenient, wider)),
                        String.join("; ", reasons.getOrDefault("", List.of())));
            }
        }
    }

    /** Whether it stands on a line of its own, as columns do and the contract's own keys, but not its list of checks. */
    private boolean ofALine(Promise promise) {
        return !file.pointer(promise).startsWith("/checks/");
    }

    /** All that is asked of the number of rows by the contract's own key. */
    private ObjectNode rows(Contract contract, IdentityHashMap<Promise, Rule> wider) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        contract.promises().stream()
                .filter(this::ofALine)
                .map(promise -> wider.getOrDefault(promise, promise.rule()).yaml())
                .filter(keys -> keys.has("rows"))
                .forEach(keys -> node.withObjectProperty("rows").setAll((ObjectNode) keys.get("rows")));
        return node;
    }

    private static ContractColumn widened(
            ContractColumn column, IdentityHashMap<Promise, Rule> wider, Optional<ColumnProfile> seen) {
        Optional<IsOfType> type = column.promises().stream()
                .map(wider::get)
                .filter(IsOfType.class::isInstance)
                .map(IsOfType.class::cast)
                .findFirst();
        return new ContractColumn(
                column.name(),
                type.map(IsOfType::type).or(column::type),
                column.required(),
                column.sensitive(),
                column.description(),
                column.promises().stream()
                        .map(promise -> new Promise(
                                promise.columns(),
                                retyped(wider.getOrDefault(promise, promise.rule()), type, seen),
                                promise.terms()))
                        .toList());
    }

    /** Bounds follow the column's type, and only then are all values held against them. */
    private static Rule retyped(Rule rule, Optional<IsOfType> type, Optional<ColumnProfile> seen) {
        if (type.isEmpty() || !(rule instanceof Range range)) {
            return rule;
        }
        Range wider = new Range(type.get().type(), range.min(), range.max(), range.above(), range.below());
        return seen.flatMap(column -> Widening.range(wider, column)).orElse(wider);
    }

    /** Columns that came stand at the end. */
    private void addNew(Contract contract, DataProfile profile) {
        for (ColumnProfile column : profile.columns()) {
            if (contract.find(column.name()).isEmpty()) {
                String line = ContractWriter.column(InferContract.column(column, false));
                lines.add(line);
                changes.add(
                        new Change(Optional.empty(), line, "a new column, " + Wording.count(column.count(), "value")));
            }
        }
    }

    /** Puts a line in the place of a key and all below it; comments that follow belong to what follows. */
    private void replace(String pointer, Optional<String> next, String line, String why) {
        int first = file.line(pointer).orElseThrow() - 1;
        String indent = indent(lines.get(first));
        int end = next.flatMap(file::line).map(number -> number - 1).orElseGet(() -> endOfBlock(first, indent));
        while (end > first + 1
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().startsWith("#"))) {
            end--;
        }
        List<String> block = lines.subList(first, end);
        String before = String.join(" ", block.stream().map(String::strip).toList());
        String after = indent + line.strip();
        block.clear();
        lines.add(first, after);
        changes.add(0, new Change(Optional.of(indent + before), after, why));
    }

    private int endOfBlock(int first, String indent) {
        int end = first + 1;
        while (end < lines.size()
                && (lines.get(end).isBlank() || indent(lines.get(end)).length() > indent.length())) {
            end++;
        }
        return end;
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
