package io.jenkins.plugins.mlcicd.trend;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them, in the controller's time zone. */
final class Times {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    private Times() {}

    static String text(Instant time) {
        return FORM.withZone(ZoneId.systemDefault()).format(time);
    }
}
