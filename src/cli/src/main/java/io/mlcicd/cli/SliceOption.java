package io.mlcicd.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a slicing from the command line: {@code season}, with bins {@code age:18,30,65}, or a combination {@code
 * season+region}.
 */
final class SliceOption implements ITypeConverter<Object> {

    private static final Pattern BINNED = Pattern.compile("(.+):([-+0-9.eE]+(?:,[-+0-9.eE]+)*)");

    /** A plus between columns, not one of a number such as {@code 1e+3}. */
    private static final Pattern BETWEEN = Pattern.compile("\\+(?![0-9])");

    @Override
    public Object convert(String text) {
        String[] parts = BETWEEN.split(text, -1);
        if (parts.length == 1) {
            return part(text, text);
        }
        List<Object> columns = new ArrayList<>();
        for (String part : parts) {
            columns.add(part(text, part));
        }
        return Map.of("columns", columns);
    }

    private static Object part(String text, String part) {
        if (part.isBlank()) {
            throw new TypeConversionException(
                    "'" + text + "' names no column; write COLUMN, COLUMN:EDGE,EDGE,... or COLUMN+COLUMN");
        }
        Matcher binned = BINNED.matcher(part);
        if (!binned.matches()) {
            return part;
        }
        List<Double> edges = new ArrayList<>();
        for (String edge : binned.group(2).split(",")) {
            try {
                edges.add(Double.valueOf(edge));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + edge + "' in the slice '" + text + "' is not a number");
            }
        }
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("column", binned.group(1));
        slice.put("bins", edges);
        return slice;
    }
}
