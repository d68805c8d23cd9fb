package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.drift.DriftSide.Raw;
import io.mlcicd.drift.TimeWindow.Before;
import io.mlcicd.drift.TimeWindow.BeforeCurrent;
import io.mlcicd.drift.TimeWindow.Between;
import io.mlcicd.drift.TimeWindow.Last;
import io.mlcicd.drift.TimeWindow.Newest;
import io.mlcicd.drift.TimeWindow.SameWeekday;
import io.mlcicd.drift.TimeWindow.Span;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Windows of hourly data that cross both changes of summer time and a year's end. The expected ends and numbers of rows
 * were computed with Python's zoneinfo and pandas 3.0.6.
 */
class TimeWindowTest {

    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Instant FIRST = Instant.parse("2024-10-01T00:00:00Z");
    private static final int HOURS = 4548;

    @TempDir
    Path folder;

    private DataSource hourly;

    @BeforeEach
    void writeHourlyData() throws IOException {
        hourly = data(
                "hourly",
                IntStream.range(0, HOURS).mapToObj(hour -> FIRST.plus(Duration.ofHours(hour)) + "," + hour % 24));
    }

    @Test
    void calendarDaysAreWholeDaysOfTheZoneAndEndWithTheNewest() throws Exception {
        ComparedData compared = window(new Last(Period.ofDays(10), new Newest()), VIENNA);

        assertWindow(compared, "2025-03-29T23:00:00Z", "2025-04-08T22:00:00Z", 229);
        assertThat(compared.window().get().zone()).isEqualTo("Europe/Vienna");
        assertThat(compared.window().get().column()).isEqualTo("time");
        assertThat(compared.window().get().weekdays()).isEmpty();
    }

    @Test
    void aMonthIsOneOfTheCalendar() throws Exception {
        assertWindow(
                window(new Last(Period.ofMonths(1), new Newest()), VIENNA),
                "2025-03-08T23:00:00Z",
                "2025-04-08T22:00:00Z",
                733);
    }

    @Test
    void anExactLengthEndsJustAfterTheNewestTime() throws Exception {
        assertWindow(
                window(new Last(Duration.ofDays(10), new Newest()), VIENNA),
                "2025-03-29T11:00:00.000001Z",
                "2025-04-08T11:00:00.000001Z",
                240);
    }

    @Test
    void aLengthBeforeAnInstantCrossesTheYearsEnd() throws Exception {
        Before end = new Before(Instant.parse("2025-01-02T12:00:00Z"));
        assertWindow(
                window(new Last(Period.ofDays(3), end), VIENNA), "2024-12-30T12:00:00Z", "2025-01-02T12:00:00Z", 72);
    }

    @Test
    void calendarDaysBeforeAnInstantHaveAnHourLessWhereSummerBegins() throws Exception {
        Before end = new Before(Instant.parse("2025-04-01T10:00:00Z"));
        assertWindow(
                window(new Last(Period.ofDays(5), end), VIENNA), "2025-03-27T11:00:00Z", "2025-04-01T10:00:00Z", 119);
        assertWindow(
                window(new Last(Duration.ofDays(5), end), VIENNA), "2025-03-27T10:00:00Z", "2025-04-01T10:00:00Z", 120);
    }

    @Test
    void explicitEndsAreHalfOpenAndEitherMayBeLeftOut() throws Exception {
        Optional<Instant> from = Optional.of(Instant.parse("2024-12-31T23:00:00Z"));
        Optional<Instant> to = Optional.of(Instant.parse("2025-01-01T01:00:00Z"));

        assertWindow(window(new Between(from, to), ZoneOffset.UTC), "2024-12-31T23:00:00Z", "2025-01-01T01:00:00Z", 2);
        assertWindow(
                window(new Between(from, Optional.empty()), ZoneOffset.UTC),
                "2024-12-31T23:00:00Z",
                "2025-04-08T11:00:00.000001Z",
                HOURS - 2207);
        assertWindow(
                window(new Between(Optional.empty(), to), ZoneOffset.UTC),
                "2024-10-01T00:00:00Z",
                "2025-01-01T01:00:00Z",
                2209);
    }

    @Test
    void aTuesdayIsComparedWithTheTuesdaysBefore() throws Exception {
        Raw current = raw(new Last(Period.ofDays(1), new Newest()), VIENNA);

        ComparedData reference = reference(new SameWeekday(4, current), VIENNA, current);

        assertWindow(reference, "2025-03-10T23:00:00Z", "2025-04-01T22:00:00Z", 96);
        assertThat(reference.window().get().weekdays()).containsExactly("tuesday");
    }

    @Test
    void severalDaysAreComparedWithTheSameDaysAndNotWithThemselves() throws Exception {
        Raw current = raw(between("2025-03-29T23:00:00Z", "2025-03-31T22:00:00Z"), VIENNA);

        DriftDetails details = run(raw(new SameWeekday(2, current), VIENNA), current);

        assertWindow(details.reference(), "2025-03-15T23:00:00Z", "2025-03-24T23:00:00Z", 96);
        assertWindow(details.current(), "2025-03-29T23:00:00Z", "2025-03-31T22:00:00Z", 47);
        assertThat(details.reference().window().get().weekdays()).containsExactly("monday", "sunday");
    }

    @Test
    void aSundayOfTwentyFiveHoursCountsWhole() throws Exception {
        Raw current = raw(between("2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"), VIENNA);

        assertWindow(
                reference(new SameWeekday(24, current), VIENNA, current),
                "2024-10-12T22:00:00Z",
                "2025-03-23T23:00:00Z",
                577);
    }

    @Test
    void theWeekdaysOfAWholeWeekAreAllDaysBeforeIt() throws Exception {
        Raw current = raw(new Last(Period.ofWeeks(1), new Newest()), ZoneOffset.UTC);

        ComparedData reference = reference(new SameWeekday(3, current), ZoneOffset.UTC, current);

        assertWindow(reference, "2025-03-12T00:00:00Z", "2025-04-02T00:00:00Z", 3 * 7 * 24);
        assertThat(reference.window().get().weekdays()).isEmpty();
    }

    @Test
    void aWindowCanEndWhereTheCurrentBegins() throws Exception {
        Raw current = raw(new Last(Period.ofDays(7), new Newest()), VIENNA);

        ComparedData reference = reference(new Last(Period.ofDays(28), new BeforeCurrent(current)), VIENNA, current);

        // The current days begin at 2025-04-01T22:00Z; 28 days of which one has 23 hours.
        assertWindow(reference, "2025-03-04T23:00:00Z", "2025-04-01T22:00:00Z", 28 * 24 - 1);
    }

    @Test
    void currentDataWithoutAWindowAreOfTheDaysTheirTimesAreOf() throws Exception {
        DataSource monday = data("monday", Stream.of("2025-03-03T07:00:00Z,1", "2025-03-03T09:00:00Z,2"));

        ComparedData reference = reference(new SameWeekday(3, new Raw(monday)), ZoneOffset.UTC, new Raw(monday));

        assertWindow(reference, "2025-02-10T00:00:00Z", "2025-02-25T00:00:00Z", 72);
    }

    /** Every day of four years is compared with what its date alone tells. */
    @Test
    void datesAreDaysOfTheZoneWhicheverItIs() throws Exception {
        LocalDate first = LocalDate.of(2023, 1, 1);
        DataSource daily = data("daily", IntStream.range(0, 1461).mapToObj(day -> first.plusDays(day) + "," + day));
        Random random = new Random(5);
        for (ZoneId zone : List.of(VIENNA, ZoneId.of("America/New_York"), ZoneId.of("Asia/Kolkata"), ZoneOffset.UTC)) {
            LocalDate day = first.plusDays(100 + random.nextInt(1300));
            Span one = new Between(
                    Optional.of(day.atStartOfDay(zone).toInstant()),
                    Optional.of(day.plusDays(1).atStartOfDay(zone).toInstant()));
            Raw current = new Raw(daily, Optional.of(new TimeWindow("time", one, zone)));
            Raw reference = new Raw(daily, Optional.of(new TimeWindow("time", new SameWeekday(9, current), zone)));

            DriftDetails details = run(reference, current);

            assertThat(details.current().rows()).as("%s in %s", day, zone).isEqualTo(1);
            assertThat(details.reference().rows()).as("%s in %s", day, zone).isEqualTo(9);
            assertThat(details.reference().window().get().from())
                    .isEqualTo(day.minusWeeks(9).atStartOfDay(zone).toInstant());
        }
        assertThat(run(
                                new Raw(daily),
                                new Raw(
                                        daily,
                                        Optional.of(new TimeWindow(
                                                "time", new Last(Duration.ofDays(7), new Newest()), VIENNA))))
                        .current()
                        .rows())
                .isEqualTo(7);
    }

    @Test
    void theRowsAreThoseOfTheWindow() throws Exception {
        DataSource daily = data(
                "shifted",
                IntStream.range(0, 200)
                        .mapToObj(day ->
                                LocalDate.of(2025, 1, 1).plusDays(day) + "," + (day < 100 ? day % 10 : 50 + day % 10)));
        Raw old = new Raw(
                daily, Optional.of(new TimeWindow("time", between("2025-01-01T00:00:00Z", "2025-04-11T00:00:00Z"))));
        Raw recent = new Raw(daily, Optional.of(new TimeWindow("time", new Last(Period.ofDays(100), new Newest()))));

        assertThat(run(old, recent).columns().get(0).drifted()).isTrue();
        assertThat(run(old, old).columns().get(0).drifted()).isFalse();
        assertThat(run(old, recent).reference().rows()).isEqualTo(100);
    }

    @Test
    void textsInIso8601AreTimesAndOthersAreInNoWindow() throws Exception {
        DataSource texts = data(
                "texts",
                Stream.of(
                        "2025-01-01T01:30:00+02:00,1",
                        "2025-01-01T00:00:00Z,2",
                        "2025-01-01T05:00:00,3",
                        "yesterday,4",
                        "01/02/2025,5",
                        ",6"));
        Raw day = new Raw(
                texts, Optional.of(new TimeWindow("time", between("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"))));

        ComparedData compared = run(day, day).current();

        // The first is of half past eleven in the evening before, by its offset.
        assertThat(compared.rows()).isEqualTo(2);
        assertThat(compared.window().get().withoutTime()).isEqualTo(3);
    }

    @Test
    void aWindowIsPartOfTheDocument() throws Exception {
        DriftDetails details = run(new Raw(hourly), raw(new Last(Period.ofDays(1), new Newest()), ZoneOffset.UTC));

        String json = Json.write(details);

        assertThat(Json.mapper().readTree(json).at("/current/window/from").asText())
                .isEqualTo("2025-04-08T00:00:00Z");
        assertThat(Json.mapper().readTree(json).at("/reference/window").isMissingNode())
                .isTrue();
        assertThat(Json.mapper().readValue(json, DriftDetails.class)).isEqualTo(details);
    }

    @Test
    void anEmptyWindowTellsWhichTimesThereAre() {
        assertThatThrownBy(() -> window(between("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"), VIENNA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("from 2020-01-01T00:00:00Z to 2020-02-01T00:00:00Z")
                .hasMessageContaining("'time' goes from 2024-10-01T00:00:00Z to 2025-04-08T11:00:00Z");
        Raw early = raw(between("2024-10-02T00:00:00Z", "2024-10-03T00:00:00Z"), ZoneOffset.UTC);
        assertThatThrownBy(() -> reference(new SameWeekday(1, early), ZoneOffset.UTC, early))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no rows of a wednesday from 2024-09-25T00:00:00Z to 2024-09-26T00:00:00Z");
    }

    @Test
    void aColumnThatIsNoTimeIsRefused() throws Exception {
        assertThatThrownBy(() -> run(new Raw(hourly), windowOf(hourly, "value")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'value'")
                .hasMessageContaining("of type integer");
        assertThatThrownBy(() -> run(new Raw(hourly), windowOf(hourly, "tme")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'time'?");
        DataSource words = data("words", Stream.of("soon,1", "later,2"));
        assertThatThrownBy(() -> run(new Raw(hourly), windowOf(words, "time")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no text in the column 'time'");
    }

    @Test
    void lengthsAndEndsThatMakeNoWindowAreRefused() {
        assertThatThrownBy(() -> new Last(Duration.ZERO, new Newest())).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new Last(Period.ofDays(-1), new Newest())).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> between("2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'to' must be later");
        assertThatThrownBy(() -> new Between(Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new SameWeekday(0, new Raw(hourly))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> window(new Last(Period.ofYears(2_000_000_000), new Newest()), VIENNA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("choose a shorter one");
    }

    private static Span between(String from, String to) {
        return new Between(Optional.of(Instant.parse(from)), Optional.of(Instant.parse(to)));
    }

    private static Raw windowOf(DataSource source, String column) {
        return new Raw(source, Optional.of(new TimeWindow(column, new Last(Duration.ofDays(1), new Newest()))));
    }

    private Raw raw(Span span, ZoneId zone) {
        return new Raw(hourly, Optional.of(new TimeWindow("time", span, zone)));
    }

    private ComparedData window(Span span, ZoneId zone) throws InterruptedException {
        return run(new Raw(hourly), raw(span, zone)).current();
    }

    private ComparedData reference(Span span, ZoneId zone, Raw current) throws InterruptedException {
        return run(raw(span, zone), current).reference();
    }

    private static void assertWindow(ComparedData compared, String from, String to, long rows) {
        ComparedWindow window = compared.window().orElseThrow();
        assertThat(List.of(window.from(), window.to())).containsExactly(Instant.parse(from), Instant.parse(to));
        assertThat(compared.rows()).isEqualTo(rows);
    }

    private static DriftDetails run(Raw reference, Raw current) throws InterruptedException {
        return new CheckDrift()
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                reference,
                                current,
                                List.of("value"),
                                List.of(),
                                ColumnTests.DEFAULT,
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE)
                .details();
    }

    private DataSource data(String name, Stream<String> rows) throws IOException {
        String text = rows.collect(Collectors.joining("\n", "time,value\n", "\n"));
        return DataSource.of(name, Files.writeString(folder.resolve(name + ".csv"), text));
    }
}
