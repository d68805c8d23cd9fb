package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.document.JsonSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Texts are JSON that keeps a JSON Schema. Each different text is looked at once, in this process.
 *
 * @param schema the schema
 */
public record KeepsJsonSchema(JsonNode schema) implements CountedRule {

    static Optional<Rule> read(Place place) {
        return place.has("jsonSchema") ? Optional.of(new KeepsJsonSchema(place.get("jsonSchema"))) : Optional.empty();
    }

    @Override
    public String key() {
        return "jsonSchema";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("jsonSchema", schema);
        return node;
    }

    @Override
    public String expected() {
        return "JSON that keeps " + Wording.shown(schema.toString());
    }

    @Override
    public String broken(long violations) {
        return violations == 1 ? "that does not keep the JSON Schema" : "that do not keep the JSON Schema";
    }

    @Override
    public String kept() {
        return "only JSON that keeps the schema";
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()), scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        String value = scope.value(ColumnType.STRING);
        JsonSchemas.Checker checker = JsonSchemas.checker(schema);
        List<String> wrong = new ArrayList<>();
        long[] violations = {0};
        facts.engine().stream(
                "SELECT %1$s AS value, count(*) AS n FROM %2$s WHERE %3$s GROUP BY 1"
                        .formatted(value, scope.data().sql(), scope.within(value + " IS NOT NULL")),
                row -> {
                    String text = row.text("value").orElseThrow();
                    if (!checker.accepts(text)) {
                        violations[0] += row.count("n");
                        if (wrong.size() < MOST_SHOWN) {
                            wrong.add(DataEngine.literal(text));
                        }
                    }
                });
        String condition =
                wrong.isEmpty() ? "false" : value + " IN (" + wrong.stream().collect(Collectors.joining(", ")) + ")";
        return new Finding(
                OptionalDouble.empty(),
                violations[0],
                facts.count(scope.count(scope.present())),
                facts.count(scope.count("true")),
                Optional.empty(),
                Optional.of(scope.breaking(condition)),
                false);
    }

    /** As many different texts as could be asked for as examples. */
    private static final int MOST_SHOWN = 1000;
}
