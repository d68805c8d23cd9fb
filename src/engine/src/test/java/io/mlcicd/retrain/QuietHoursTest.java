package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.document.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When nothing is started, and until when: over midnight, on weekdays, when clocks change. */
class QuietHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Over midnight; 2026-11-25 is a Wednesday.
                "22:00-06:00              | 2026-11-25T20:59:59Z | -",
                "22:00-06:00              | 2026-11-25T21:00:00Z | 2026-11-26T05:00:00Z",
                "22:00-06:00              | 2026-11-26T04:59:59Z | 2026-11-26T05:00:00Z",
                "22:00-06:00              | 2026-11-26T05:00:00Z | -",
                // The days on which they begin: Friday night reaches into Saturday, Saturday night is free.
                "Mon-Fri 22:00-06:00      | 2026-11-28T04:00:00Z | 2026-11-28T05:00:00Z",
                "Mon-Fri 22:00-06:00      | 2026-11-28T22:00:00Z | -",
                "Fri-Mon 22:00-06:00      | 2026-11-28T22:00:00Z | 2026-11-29T05:00:00Z",
                // Two whole days follow one another, and the night after them.
                "Sat,Sun 00:00-24:00      | 2026-11-28T10:00:00Z | 2026-11-29T23:00:00Z",
                "Sat,Sun 00:00-24:00; 00:00-06:00 | 2026-11-28T10:00:00Z | 2026-11-30T05:00:00Z",
                // Clocks go forward at 2026-03-29T01:00Z, so this night has seven hours.
                "22:00-06:00              | 2026-03-28T21:00:00Z | 2026-03-29T04:00:00Z",
                // And back at 2026-10-25T01:00Z, nine hours.
                "22:00-06:00              | 2026-10-24T20:00:00Z | 2026-10-25T05:00:00Z",
                // 02:30 is not there in March, twice in October.
                "02:30-04:00              | 2026-03-29T00:59:59Z | -",
                "02:30-04:00              | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z",
                "01:00-02:30              | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z",
                "01:00-02:30              | 2026-10-25T00:45:00Z | 2026-10-25T01:30:00Z",
                "02:30-04:00              | 2026-10-25T00:30:00Z | 2026-10-25T03:00:00Z",
                // A zone of their own.
                "22:00-06:00 UTC          | 2026-11-25T21:30:00Z | -",
            })
    void areOverAtTheirEnd(String hours, Instant now, Instant until) {
        assertThat(QuietHours.of(hours, BERLIN).until(now)).isEqualTo(Optional.ofNullable(until));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "22-6",
                "25:00-06:00",
                "22:00-22:00",
                "22:00-06:60",
                "Foo 22:00-06:00",
                "Mon- 22:00-06:00",
                "00:00-24:00",
                "Mon-Sun 06:00-18:00; 18:00-06:00",
                "22:00-06:00 Mars/Olympus",
                "24:00-06:00"
            })
    void refusesWhatIsNoHoursOrNeverEnds(String text) {
        assertThatThrownBy(() -> QuietHours.of(text, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).+");
    }

    @Test
    void comeBackFromTheirText() throws Exception {
        for (String text : new String[] {"22:00-06:00", "Mon-Fri 8:00-18:30", "Sat,Sun 00:00-24:00; 22:00-06:00"}) {
            QuietHours hours = QuietHours.of(text, BERLIN);
            assertThat(Json.mapper().readValue(Json.write(hours), QuietHours.class))
                    .isEqualTo(hours);
        }
    }

    /** A naive clock that is looked at every minute of a year must say the same. */
    @Test
    void agreeWithAClockOnTheWall() {
        Random random = new Random(20261125);
        for (int i = 0; i < 60; i++) {
            LocalTime from = LocalTime.of(random.nextInt(24), 5 * random.nextInt(12));
            LocalTime to = LocalTime.of(random.nextInt(24), 5 * random.nextInt(12));
            if (from.equals(to)) {
                continue;
            }
            QuietHours hours = QuietHours.of(from + "-" + to, BERLIN);
            for (int j = 0; j < 200; j++) {
                Instant now = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(525_600)));
                ZonedDateTime local = now.atZone(BERLIN);
                if (local.toLocalDate().equals(java.time.LocalDate.of(2026, 3, 29))
                        || local.toLocalDate().equals(java.time.LocalDate.of(2026, 10, 25))) {
                    continue;
                }
                LocalTime time = local.toLocalTime();
                boolean quiet = from.isBefore(to)
                        ? !time.isBefore(from) && time.isBefore(to)
                        : !time.isBefore(from) || time.isBefore(to);
                assertThat(hours.until(now).isPresent())
                        .as("%s at %s", hours.text(), local)
                        .isEqualTo(quiet);
                hours.until(now).ifPresent(end -> {
                    assertThat(end).isAfter(now);
                    assertThat(end.atZone(BERLIN).toLocalTime()).isEqualTo(to);
                    assertThat(hours.until(end)).isEmpty();
                });
            }
        }
    }
}
