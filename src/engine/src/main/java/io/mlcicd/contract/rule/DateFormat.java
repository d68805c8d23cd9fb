package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts are dates or times in one of some formats.
 *
 * @param formats as strptime of the C library has them, such as {@code %d.%m.%Y}
 */
public record DateFormat(List<String> formats) implements RowRule {

    public DateFormat {
        formats = List.copyOf(formats);
    }

    static Optional<Rule> read(Place place) {
        JsonNode node = place.get("dateFormat");
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        List<String> formats = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(format -> formats.add(format.asText()));
        } else {
            formats.add(node.asText());
        }
        for (String format : formats) {
            if (!format.contains("%")) {
                throw place.error("dateFormat", "'" + format + "' has no %-sign; write a format such as %Y-%m-%d");
            }
        }
        return Optional.of(new DateFormat(formats));
    }

    @Override
    public String key() {
        return "dateFormat";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (formats.size() == 1) {
            return node.put("dateFormat", formats.get(0));
        }
        formats.forEach(node.putArray("dateFormat")::add);
        return node;
    }

    @Override
    public String expected() {
        return "dates as " + Wording.some(formats);
    }

    @Override
    public String broken(Scope scope) {
        String text = scope.value(ColumnType.STRING);
        return text + " IS NOT NULL AND " + scope.dialect().parsedTime(text, formats) + " IS NULL";
    }

    @Override
    public String broken(long violations) {
        return (violations == 1 ? "that is no date as " : "that are no dates as ") + Wording.some(formats);
    }

    @Override
    public String kept() {
        return "only dates as " + Wording.some(formats);
    }
}
