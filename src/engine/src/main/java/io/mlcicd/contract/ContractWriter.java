package io.mlcicd.contract;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.imports.ImportedContract;
import io.mlcicd.contract.rule.DataSetRules;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.Present;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.contract.rule.TypedRule;
import io.mlcicd.contract.rule.TypedText;
import io.mlcicd.contract.rule.Wording;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.gate.Criticality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes contracts as YAML that {@link Contract#read} reads back the same. */
public final class ContractWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Pattern NOT_TEXT = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private ContractWriter() {}

    /** The contract alone. */
    public static String write(Contract contract) {
        return write(contract, Optional.empty());
    }

    /** The contract with a comment on each column that says what was seen. */
    public static String write(Contract contract, DataProfile seen) {
        return write(contract, Optional.of(seen));
    }

    /**
     * A contract of another tool, with comments on what could not be carried over.
     *
     * @param file where it was read
     * @throws io.mlcicd.operation.InvalidInputException when it asks for what contradicts itself
     */
    public static String write(Path file, ImportedContract imported) {
        StringBuilder yaml = new StringBuilder("# From %s, %s.%n".formatted(file.getFileName(), imported.tool()));
        imported.left()
                .forEach(left -> yaml.append("# Left behind: ")
                        .append(Wording.shown(left.what()))
                        .append(": ")
                        .append(left.why())
                        .append('\n'));
        return yaml.append(write(ContractFile.of(file, imported).contract())).toString();
    }

    private static String write(Contract contract, Optional<DataProfile> seen) {
        StringBuilder yaml = new StringBuilder();
        seen.ifPresent(profile -> yaml.append("# Drafted from ")
                .append(Wording.count(profile.rows(), "row"))
                .append("; what is promised is for you to decide.\n"));
        yaml.append("contract: ").append(text(contract.name())).append('\n');
        contract.description()
                .ifPresent(description ->
                        yaml.append("description: ").append(text(description)).append('\n'));
        if (contract.missingColumns() != MissingColumns.REFUSE) {
            yaml.append("missingColumns: ")
                    .append(contract.missingColumns().key())
                    .append('\n');
        }
        List<Promise> listed = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (Promise promise : contract.promises()) {
            boolean own = promise.terms().equals(Promise.Terms.strict(Criticality.FAILURE))
                    && DataSetRules.isOfTheContract(promise.rule())
                    && said.add(promise.rule().key());
            if (own) {
                yaml.append(line(promise.rule())).append('\n');
            } else {
                listed.add(promise);
            }
        }
        if (!listed.isEmpty()) {
            yaml.append("checks:\n");
            listed.forEach(promise -> yaml.append("  - ")
                    .append(flow(item(promise, Criticality.FAILURE)))
                    .append('\n'));
        }
        yaml.append(contract.columns().isEmpty() ? "columns: {}\n" : "columns:\n");
        for (ContractColumn rule : contract.columns()) {
            seen.flatMap(profile -> profile.find(rule.name()))
                    .ifPresent(column ->
                            yaml.append("  # ").append(comment(column)).append('\n'));
            yaml.append(column(rule)).append('\n');
        }
        return yaml.toString();
    }

    /** A column as a line. */
    static String column(ContractColumn column) {
        return "  " + text(column.name()) + ": " + flow(node(column));
    }

    /** A rule of the contract's own keys as a line. */
    static String line(Rule rule) {
        return line(rule.yaml());
    }

    /** Keys of the contract as a line. */
    static String line(ObjectNode node) {
        String keys = flow(node);
        return keys.substring(2, keys.length() - 2);
    }

    /** A column's plain promises as its own keys, and what needs terms of its own in a list. */
    private static ObjectNode node(ContractColumn column) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        column.type().ifPresent(type -> node.put("type", type.key()));
        if (!column.required()) {
            node.put("required", false);
        }
        Criticality criticality = column.promises().stream()
                .filter(promise -> promise.terms().plain())
                .findFirst()
                .map(promise -> promise.terms().criticality())
                .orElse(Criticality.FAILURE);
        List<Promise> listed = new ArrayList<>();
        // Two ranges would be read as one, whose bounds may contradict each other.
        Set<String> said = new HashSet<>();
        for (Promise promise : column.promises()) {
            if (promise.rule() instanceof Present || promise.rule() instanceof IsOfType) {
                continue;
            }
            ObjectNode keys = promise.rule().yaml();
            boolean own = promise.terms().plain()
                    && promise.terms().criticality() == criticality
                    && isOfType(promise, column)
                    && keys.properties().stream().noneMatch(key -> takes(node, promise, key.getKey()))
                    && said.add(promise.rule().key());
            if (own && promise.rule().sharesItsKey()) {
                keys.properties()
                        .forEach(key -> node.withObjectProperty(key.getKey()).setAll((ObjectNode) key.getValue()));
            } else if (own) {
                node.setAll(keys);
            } else {
                listed.add(promise);
            }
        }
        if (column.sensitive()) {
            node.put("sensitive", true);
        }
        if (criticality != Criticality.FAILURE) {
            node.put("criticality", criticality.name());
        }
        if (!listed.isEmpty()) {
            ArrayNode list = node.putArray("checks");
            listed.forEach(promise -> {
                ObjectNode item = item(promise, criticality);
                if (promise.rule() instanceof TypedRule typed && !isOfType(promise, column)) {
                    item.put("as", typed.type().key());
                }
                list.add(item);
            });
        }
        column.description().ifPresent(description -> node.put("description", description));
        return node;
    }

    /** Whether another rule has the key already, of keys that several share the one below it. */
    private static boolean takes(ObjectNode node, Promise promise, String key) {
        return promise.rule().sharesItsKey()
                ? promise.rule().yaml().path(key).properties().stream()
                        .anyMatch(below -> node.path(key).has(below.getKey()))
                : node.has(key);
    }

    private static boolean isOfType(Promise promise, ContractColumn column) {
        return !(promise.rule() instanceof TypedRule typed) || column.type().equals(Optional.of(typed.type()));
    }

    private static ObjectNode item(Promise promise, Criticality otherwise) {
        ObjectNode node = promise.rule().yaml();
        Promise.Terms terms = promise.terms();
        if (terms.mostly() != 1) {
            node.put("mostly", BigDecimal.valueOf(terms.mostly()));
        }
        terms.where().ifPresent(where -> node.put("where", where));
        terms.name().ifPresent(name -> node.put("name", name));
        if (terms.criticality() != otherwise) {
            node.put("criticality", terms.criticality().name());
        }
        return node;
    }

    private static String flow(JsonNode node) {
        if (node.isObject()) {
            return node.isEmpty()
                    ? "{}"
                    : node.properties().stream()
                            .map(key -> text(key.getKey()) + ": " + flow(key.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(flow(item)));
            return "[" + String.join(", ", items) + "]";
        }
        return node.isTextual()
                ? text(node.asText())
                : node.isNumber() ? TypedText.of(node.decimalValue()) : node.asText();
    }

    /** A string as YAML: as it is where that can only be a string, else in double quotes, escaped as in JSON. */
    private static String text(String value) {
        return PLAIN.matcher(value).matches() && !NOT_TEXT.matcher(value).matches()
                ? value
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    private static String comment(ColumnProfile column) {
        List<String> parts = new ArrayList<>();
        parts.add(Wording.count(column.count(), "value"));
        parts.add(column.nulls() == 0 ? "no nulls" : Wording.percent(column.nullShare()) + " null");
        if (column.count() > 0) {
            parts.add((column.distinctExact() ? "" : "about ") + Wording.number(column.distinct()) + " different");
        }
        if (column.min().isPresent() && column.max().isPresent()) {
            parts.add(column.min().get() + " to " + column.max().get());
        }
        column.distribution()
                .filter(spread -> column.type().isNumeric())
                .ifPresent(spread -> parts.add("mean " + shortened(spread)));
        column.lengths().ifPresent(lengths -> parts.add(lengths.min() + " to " + lengths.max() + " characters"));
        return String.join(", ", parts);
    }

    private static String shortened(Distribution spread) {
        return TypedText.of(new BigDecimal(spread.mean()).round(new MathContext(4)));
    }
}
