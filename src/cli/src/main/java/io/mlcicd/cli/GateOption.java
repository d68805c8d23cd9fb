package io.mlcicd.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a gate from the command line, such as {@code accuracy>=0.75}, {@code drift.share<=0.3:UNSTABLE} or, on a limit of
 * the confidence interval, {@code accuracy.lower95>=0.7}.
 */
final class GateOption implements ITypeConverter<Map<String, Object>> {

    private static final Pattern FORM =
            Pattern.compile("\\s*(.+?)\\s*(>=|<=)\\s*([^:\\s]+)\\s*(?::\\s*([A-Za-z]+))?\\s*");

    private static final Pattern BOUNDED = Pattern.compile("(.+)\\.((?:lower|upper)[5-9][0-9])");

    @Override
    public Map<String, Object> convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a gate; write METRIC>=NUMBER or METRIC<=NUMBER, and :UNSTABLE to only warn");
        }
        Map<String, Object> gate = new LinkedHashMap<>();
        Matcher bounded = BOUNDED.matcher(parts.group(1));
        gate.put("metric", bounded.matches() ? bounded.group(1) : parts.group(1));
        if (bounded.matches()) {
            gate.put("bound", bounded.group(2));
        }
        gate.put(parts.group(2).equals(">=") ? "min" : "max", number(text, parts.group(3)));
        if (parts.group(4) != null) {
            gate.put("criticality", parts.group(4).toUpperCase(Locale.ROOT));
        }
        return gate;
    }

    private static double number(String text, String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + digits + "' in the gate '" + text + "' is not a number");
        }
    }
}
