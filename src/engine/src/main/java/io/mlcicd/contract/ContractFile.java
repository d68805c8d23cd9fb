package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.Promise.Terms;
import io.mlcicd.contract.imports.ContractImport;
import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.contract.rule.ColumnRules;
import io.mlcicd.contract.rule.DataSetRules;
import io.mlcicd.contract.rule.DataSetRules.OnColumns;
import io.mlcicd.contract.rule.Place;
import io.mlcicd.contract.rule.Present;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.data.ColumnType;
import io.mlcicd.document.Position;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.gate.Criticality;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A contract with the place of each of its promises. */
final class ContractFile {

    private static final String SCHEMA = "contract.schema.json";
    private static final String MORE = "checks";

    private final YamlDocument document;
    private final Contract contract;
    private final IdentityHashMap<Promise, String> pointers;

    private final List<ImportedContract.Left> left;

    private ContractFile(YamlDocument document, List<ImportedContract.Left> left) {
        this.document = document;
        this.left = left;
        this.pointers = new IdentityHashMap<>();
        JsonNode content = document.content();
        Map<String, Optional<ColumnType>> types = new LinkedHashMap<>();
        content.path("columns")
                .properties()
                .forEach(column -> types.put(
                        column.getKey(),
                        Optional.ofNullable(column.getValue().get("type")).map(type -> ColumnType.of(type.asText()))));
        Place root = new Place(document, "", content, types, Optional.empty());
        MissingColumns missing =
                MissingColumns.of(content.path("missingColumns").asText(MissingColumns.REFUSE.key()));
        this.contract = new Contract(
                content.path("contract").asText(),
                root.text("description"),
                missing,
                ofDataSet(root),
                ofColumns(root.at("columns"), missing));
    }

    private ContractFile(ContractFile other, Contract contract) {
        this.document = other.document;
        this.left = other.left;
        this.pointers = other.pointers;
        this.contract = contract;
    }

    /** The same file, whose contract asks for something else. */
    ContractFile with(Contract other) {
        return new ContractFile(this, other);
    }

    /** The file it was read from. */
    String path() {
        return document.file().toString();
    }

    /** Where a key stands in the file, as its line, counted from 1. */
    Optional<Integer> line(String pointer) {
        return document.position(pointer).map(Position::line);
    }

    /** Reads a contract of ours, or one of a tool whose contracts are known. */
    static ContractFile read(Path file) {
        return ContractImport.read(file)
                .map(imported -> of(file, imported))
                .orElseGet(() -> new ContractFile(YamlDocument.read(file, SCHEMA), List.of()));
    }

    /** What was read from another tool's file. */
    static ContractFile of(Path file, ImportedContract imported) {
        return new ContractFile(YamlDocument.of(file, imported.content()).validated(SCHEMA), imported.left());
    }

    /** What a contract of another tool asks for, and no contract of ours can say. */
    List<ImportedContract.Left> left() {
        return left;
    }

    Contract contract() {
        return contract;
    }

    /** Where a promise was read, as a JSON pointer. */
    String pointer(Promise promise) {
        return pointers.getOrDefault(promise, "");
    }

    static String pointerTo(String column) {
        return "/columns/" + column.replace("~", "~0").replace("/", "~1");
    }

    /** An error that points at a key. */
    InvalidInputException error(String pointer, String message) {
        return document.error(pointer, message);
    }

    private List<Promise> ofDataSet(Place root) {
        List<Promise> promises = new ArrayList<>();
        for (OnColumns rule : DataSetRules.read(root)) {
            promises.add(promise(rule.columns(), rule.rule(), Terms.strict(Criticality.FAILURE), root));
        }
        for (Place item : items(root)) {
            List<OnColumns> rules = DataSetRules.readItem(item);
            refuseNothing(rules, item);
            refuseTerms(rules.stream().map(OnColumns::rule).toList(), item);
            for (OnColumns rule : rules) {
                promises.add(promise(rule.columns(), rule.rule(), terms(item, Criticality.FAILURE), item));
            }
        }
        return promises;
    }

    private List<ContractColumn> ofColumns(Place columns, MissingColumns missing) {
        List<ContractColumn> list = new ArrayList<>();
        for (String name : columns.columns().keySet()) {
            Place place = columns.at(name).under(name);
            list.add(new ContractColumn(
                    name,
                    place.type(),
                    place.get("required").asBoolean(true),
                    place.get("sensitive").asBoolean(false),
                    place.text("description"),
                    ofColumn(name, place, missing)));
        }
        return list;
    }

    private List<Promise> ofColumn(String name, Place place, MissingColumns missing) {
        List<Promise> promises = new ArrayList<>();
        Terms terms = terms(place, Criticality.FAILURE);
        if (missing == MissingColumns.FAIL && place.get("required").asBoolean(true)) {
            promises.add(promise(List.of(name), new Present(), Terms.strict(terms.criticality()), place));
        }
        List<Rule> own = ColumnRules.read(place);
        refuseTerms(own, place);
        for (Rule rule : own) {
            promises.add(promise(List.of(name), rule, terms, place));
        }
        for (Place item : items(place)) {
            List<Rule> rules = ColumnRules.read(item);
            refuseNothing(rules, item);
            refuseTerms(rules, item);
            rules.forEach(rule -> promises.add(promise(List.of(name), rule, terms(item, terms.criticality()), item)));
        }
        return promises;
    }

    private Promise promise(List<String> columns, Rule rule, Terms terms, Place place) {
        Promise promise = new Promise(columns, rule, terms);
        pointers.put(promise, place.pointer());
        return promise;
    }

    private static List<Place> items(Place place) {
        Place list = place.at(MORE);
        List<Place> items = new ArrayList<>();
        for (int i = 0; i < list.node().size(); i++) {
            items.add(list.at(String.valueOf(i)));
        }
        return items;
    }

    private static void refuseNothing(List<?> rules, Place item) {
        if (rules.isEmpty()) {
            throw item.error("", "asks for nothing; 'mlcicd schema contract' lists what can be asked for");
        }
    }

    /** A share of rows says nothing of a number that all rows have together, and some rows nothing of the columns. */
    private static void refuseTerms(List<Rule> rules, Place place) {
        if (place.has("mostly") && !rules.isEmpty() && rules.stream().noneMatch(Rule::takesMostly)) {
            throw place.error(
                    "mostly",
                    "is the share of rows that keep a promise, but %s is not promised of single rows; leave it out"
                            .formatted(rules.get(0).key()));
        }
        Optional<Rule> ofAll = rules.stream().filter(rule -> !rule.takesWhere()).findFirst();
        if (place.has("where") && ofAll.isPresent()) {
            throw place.error(
                    "where",
                    "picks rows, but %s is asked of the data set as a whole; leave it out"
                            .formatted(ofAll.get().key()));
        }
    }

    private static Terms terms(Place place, Criticality otherwise) {
        return new Terms(
                place.number("mostly").orElse(1),
                place.text("where"),
                place.text("name"),
                place.text("criticality").map(Criticality::of).orElse(otherwise));
    }
}
