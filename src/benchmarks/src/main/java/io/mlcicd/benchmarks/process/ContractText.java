package io.mlcicd.benchmarks.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checks as a data contract. */
final class ContractText {

    private ContractText() {}

    static String of(List<EqualCheck> checks) {
        StringBuilder contract = new StringBuilder("contract: mixed\n");
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (EqualCheck check : checks) {
            switch (check.kind()) {
                case ROWS -> contract.append("rows: ").append(bounds(check)).append('\n');
                case KEY ->
                    contract.append("primaryKey: ").append(check.columns()).append('\n');
                default ->
                    columns.computeIfAbsent(check.columns().get(0), ContractText::type)
                            .add(promise(check));
            }
        }
        contract.append("columns:\n");
        columns.forEach(
                (name, promises) -> contract.append("  %s: { %s }\n".formatted(name, String.join(", ", promises))));
        return contract.toString();
    }

    /** Ranges, values and patterns need a type; its check comes on top of those that the other tools make. */
    private static List<String> type(String column) {
        String type = switch (column.replaceAll("[0-9]", "")) {
            case "number" -> "number";
            case "integer" -> "integer";
            case "flag" -> "boolean";
            case "moment" -> "timestamp";
            default -> "string";
        };
        return new ArrayList<>(List.of("type: " + type));
    }

    private static String promise(EqualCheck check) {
        return switch (check.kind()) {
            case NULL_SHARE -> "maxNullShare: " + check.max().orElseThrow();
            case RANGE ->
                "min: %s, max: %s"
                        .formatted(
                                scalar(check.min().orElseThrow()),
                                scalar(check.max().orElseThrow()));
            case VALUES ->
                check.values().stream().map(String::valueOf).collect(Collectors.joining(", ", "values: [", "]"));
            case PATTERN -> "pattern: " + scalar(check.pattern().orElseThrow());
            default -> check.kind().key() + ": " + bounds(check);
        };
    }

    private static String bounds(EqualCheck check) {
        return "{ min: %s, max: %s }"
                .formatted(check.min().orElseThrow(), check.max().orElseThrow());
    }

    private static String scalar(Object value) {
        return value instanceof String ? "'" + value + "'" : value.toString();
    }
}
