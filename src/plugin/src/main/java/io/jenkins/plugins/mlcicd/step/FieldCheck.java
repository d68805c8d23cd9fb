package io.jenkins.plugins.mlcicd.step;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.config.HumanDuration;
import java.util.regex.Pattern;

/** Checks of what people type into forms. They look at the text alone: the workspace is elsewhere. */
public final class FieldCheck {

    private static final Pattern ABSOLUTE = Pattern.compile("/.*|\\\\.*|[A-Za-z]:[/\\\\].*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");
    private static final double MILLIS = 1000;
    private static final double WHOLE = 100;
    private static final int LAST_PORT = 65_535;

    private FieldCheck() {}

    /** A path in the workspace. */
    static FormValidation path(String value) {
        return ABSOLUTE.matcher(value.trim()).matches()
                ? FormValidation.warning(Messages.FieldCheck_absolute())
                : FormValidation.ok();
    }

    /** A path that makes no sense without its companion. */
    static FormValidation pair(String value, String other, String otherName) {
        return Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(other) != null
                ? FormValidation.error(Messages.FieldCheck_pair(otherName))
                : path(value);
    }

    /** The name of a deployment or data set. */
    static FormValidation name(String value) {
        String name = value.trim();
        return name.isEmpty() || NAME.matcher(name).matches()
                ? FormValidation.ok()
                : FormValidation.error(Messages.FieldCheck_name());
    }

    /** The name of a column, or several. */
    public static FormValidation columns(String value) {
        return value.isEmpty() || !value.isBlank() && !value.startsWith(",") && !value.endsWith(",")
                ? FormValidation.ok()
                : FormValidation.error(Messages.FieldCheck_columns());
    }

    /** A length of time, such as {@code 30s}. */
    public static FormValidation duration(String value) {
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            return FormValidation.ok(Messages.FieldCheck_seconds(
                    new HumanDuration(value.trim()).value().toMillis() / MILLIS));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Texts with commas between them; nothing between two commas is a slip. */
    static FormValidation list(String value) {
        return each(value, ".+", Messages.FieldCheck_list());
    }

    /** Platforms such as {@code linux/arm64}. */
    static FormValidation platforms(String value) {
        return each(value, "[a-z0-9]+/[a-z0-9]+", Messages.FieldCheck_platforms());
    }

    /** Imports of pickles, such as {@code features.Scaler} or {@code features.*}. */
    static FormValidation imports(String value) {
        return each(value, "[^.\\s]+(\\.[^.\\s]+)+", Messages.FieldCheck_imports());
    }

    /** Shares in percent, each greater than the one before. */
    static FormValidation steps(String value) {
        double before = 0;
        for (String part : value.isBlank() ? new String[0] : value.split(",", -1)) {
            double percent = parse(part);
            if (!(percent > before && percent <= WHOLE)) {
                return FormValidation.error(Messages.FieldCheck_steps());
            }
            before = percent;
        }
        return FormValidation.ok();
    }

    /** A whole number of requests. */
    static FormValidation count(String value) {
        return value.isBlank() || value.trim().matches("[1-9][0-9]{0,8}")
                ? FormValidation.ok()
                : FormValidation.error(Messages.FieldCheck_count());
    }

    private static FormValidation each(String value, String pattern, String error) {
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        for (String part : value.split(",", -1)) {
            if (!part.trim().matches(pattern)) {
                return FormValidation.error(error);
            }
        }
        return FormValidation.ok();
    }

    static FormValidation port(String value) {
        if (value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            int port = Integer.parseInt(value.trim());
            return port >= 1 && port <= LAST_PORT
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.FieldCheck_port());
        } catch (NumberFormatException e) {
            return FormValidation.error(Messages.FieldCheck_port());
        }
    }

    /** A finite number, or nothing. */
    static FormValidation number(String value) {
        return value.isBlank() || Double.isFinite(parse(value))
                ? FormValidation.ok()
                : FormValidation.error(Messages.FieldCheck_number());
    }

    /** The number in the text; NaN for anything else. */
    public static double parse(String value) {
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
