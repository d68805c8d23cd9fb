package io.jenkins.plugins.mlcicd.retrain;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.config.HumanDuration;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.retrain.Condition;
import io.mlcicd.retrain.PerformanceDrop;
import io.mlcicd.retrain.QuietHours;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the trigger's fields; each refuses with an {@link IllegalArgumentException} that tells a person what to write. */
final class RetrainFields {

    private static final Pattern DROP = Pattern.compile("([^:]+):\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(%?)");
    private static final double PERCENT = 100;

    private RetrainFields() {}

    /** Parts of a text that are separated by commas; none for null. */
    static List<String> list(@CheckForNull String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    static List<Condition> conditions(@CheckForNull String text) {
        return list(text).stream().map(Condition::of).toList();
    }

    /** Drops such as {@code accuracy: 0.02, rmse: 5 %}. */
    static List<PerformanceDrop> performance(@CheckForNull String text) {
        return list(text).stream().map(RetrainFields::drop).toList();
    }

    private static PerformanceDrop drop(String text) {
        Matcher form = DROP.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(Messages.RetrainFields_badDrop(text));
        }
        String metric = form.group(1).trim();
        double number = Double.parseDouble(form.group(2));
        boolean relative = !form.group(3).isEmpty();
        return new PerformanceDrop(
                metric,
                relative ? OptionalDouble.empty() : OptionalDouble.of(number),
                relative ? OptionalDouble.of(number / PERCENT) : OptionalDouble.empty(),
                MetricDirection.higherIsBetter(metric).orElse(true));
    }

    static Optional<Duration> duration(@CheckForNull String text) {
        return Optional.ofNullable(Util.fixEmptyAndTrim(text)).map(length -> new HumanDuration(length).value());
    }

    /** The controller's time zone unless one is named. */
    static ZoneId zone(@CheckForNull String name) {
        String zone = Util.fixEmptyAndTrim(name);
        return zone == null ? ZoneId.systemDefault() : QuietHours.zone(zone);
    }

    static Optional<QuietHours> quietHours(@CheckForNull String text, @CheckForNull String zone) {
        return Optional.ofNullable(Util.fixEmptyAndTrim(text)).map(hours -> QuietHours.of(hours, zone(zone)));
    }
}
