package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The first records of a CSV file; source: RFC 4180. */
final class CsvLines {

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private CsvLines() {}

    /** As many records as there are, but no more than {@code most}; empty lines are none. */
    static List<List<String>> first(String text, int most) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        String input = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (int i = 0; i <= input.length() && records.size() < most; i++) {
            char c = i < input.length() ? input.charAt(i) : '\n';
            if (quoted && i < input.length()) {
                boolean doubled = c == '"' && i + 1 < input.length() && input.charAt(i + 1) == '"';
                if (doubled) {
                    i++;
                }
                if (c == '"' && !doubled) {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                        records.add(List.copyOf(fields));
                    }
                    fields.clear();
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        return records;
    }

    /** A field as JSON: number or truth value if it looks like one, null if it is empty. */
    static JsonNode value(String field) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (field.isEmpty()) {
            return json.nullNode();
        }
        if (INTEGER.matcher(field).matches()) {
            return json.numberNode(Long.parseLong(field));
        }
        if (DECIMAL.matcher(field).matches()) {
            return json.numberNode(Double.parseDouble(field));
        }
        if (field.equalsIgnoreCase("true") || field.equalsIgnoreCase("false")) {
            return json.booleanNode(Boolean.parseBoolean(field));
        }
        return json.textNode(field);
    }
}
