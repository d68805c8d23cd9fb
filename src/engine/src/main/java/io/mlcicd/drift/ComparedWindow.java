package io.mlcicd.drift;

import java.time.Instant;
import java.util.List;

/**
 * The rows that were compared, by their time.
 *
 * @param column the column of times
 * @param from the first instant of the window
 * @param to the first instant after it
 * @param zone where days begin and weekdays are counted: {@code Z} for UTC, or a name such as {@code Europe/Vienna}
 * @param weekdays the weekdays whose rows count, in English and small letters, Monday first; empty for all days
 * @param withoutTime number of rows of the data set that have no time and so are in no window
 */
public record ComparedWindow(
        String column, Instant from, Instant to, String zone, List<String> weekdays, long withoutTime) {

    public ComparedWindow {
        weekdays = List.copyOf(weekdays);
    }
}
