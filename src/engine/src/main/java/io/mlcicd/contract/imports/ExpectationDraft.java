package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A draft to which one expectation is added under its own terms.
 *
 * @param draft the contract
 * @param expectation the expectation
 * @param where its row condition in SQL; empty for all rows
 */
record ExpectationDraft(Draft draft, Expectation expectation, Optional<String> where) {

    /** A check of the expectation's column whose rows are counted, most of which must keep it. */
    void rows(ObjectNode check) {
        if (expectation.mostly().compareTo(BigDecimal.ONE) != 0) {
            check.put("mostly", expectation.mostly());
        }
        number(check);
    }

    /** A check of the expectation's column on a number. */
    void number(ObjectNode check) {
        draft.check(expectation.column().orElseThrow(), terms(check));
    }

    /** A check of rows by a condition, without those of another condition. */
    void condition(String condition, Optional<String> ignored, List<String> columns) {
        columns.forEach(draft::column);
        ObjectNode check = Draft.node("condition", condition);
        if (expectation.mostly().compareTo(BigDecimal.ONE) != 0) {
            check.put("mostly", expectation.mostly());
        }
        Optional<String> kept = ignored.map(rows -> "NOT (" + rows + ")");
        Optional<String> rows = where.isPresent() && kept.isPresent()
                ? Optional.of("(" + where.get() + ") AND " + kept.get())
                : where.or(() -> kept);
        draft.check(severity(with(check, rows)));
    }

    /** A check of the data set. */
    void table(ObjectNode check) {
        draft.check(terms(check));
    }

    /** A check of the data set's columns, which no row condition changes. */
    void columns(ObjectNode check) {
        draft.check(severity(check));
    }

    /** The check with the expectation's rows and severity. */
    ObjectNode terms(ObjectNode check) {
        return severity(with(check, where));
    }

    private static ObjectNode with(ObjectNode check, Optional<String> rows) {
        rows.ifPresent(condition -> check.put("where", condition));
        return check;
    }

    private ObjectNode severity(ObjectNode check) {
        expectation.severity().ifPresent(severity -> {
            if (severity.equals("warning")) {
                check.put("criticality", "UNSTABLE");
            } else if (severity.equals("info")) {
                check.put("criticality", "NOTE");
            }
        });
        return check;
    }

    /** The type that literals of the other tool have; empty when they have several. */
    static Optional<String> typeOf(Iterable<JsonNode> values) {
        Optional<String> type = Optional.empty();
        for (JsonNode value : values) {
            String own = value.isNumber()
                    ? "number"
                    : value.isBoolean()
                            ? "boolean"
                            : value.asText().matches("\\d{4}-\\d\\d-\\d\\d")
                                    ? "date"
                                    : value.asText().matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*")
                                            ? "timestamp"
                                            : "string";
            if (type.isPresent() && !type.get().equals(own)) {
                boolean times = !own.equals("number") && !type.get().equals("number") && !own.equals("boolean");
                own = times ? "string" : "";
            }
            if (own.isEmpty()) {
                return Optional.empty();
            }
            type = Optional.of(own);
        }
        return type;
    }
}
