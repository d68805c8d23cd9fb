package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.Optional;

/** Texts are JSON. */
public record IsJson() implements RowRule {

    static Optional<Rule> read(Place place) {
        return place.get("json").asBoolean(false) ? Optional.of(new IsJson()) : Optional.empty();
    }

    @Override
    public String key() {
        return "json";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put("json", true);
    }

    @Override
    public String expected() {
        return "JSON";
    }

    @Override
    public String broken(Scope scope) {
        return "NOT " + scope.dialect().isJson(scope.value(ColumnType.STRING));
    }

    @Override
    public String broken(long violations) {
        return violations == 1 ? "that is not JSON" : "that are not JSON";
    }

    @Override
    public String kept() {
        return "only JSON";
    }
}
