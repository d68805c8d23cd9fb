package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftSide.Profiles;
import io.mlcicd.drift.DriftSide.Raw;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profiles of several runs must lead to the findings that the data of all these runs together lead to. */
class MergedProfilesTest {

    private static final String HEADER = "smooth,count,colour,flag";

    @TempDir
    Path folder;

    @Test
    void whatProfilesListIsExactAndSmoothNumbersAreWithinTheStatedError() throws Exception {
        List<String> all = new ArrayList<>();
        List<StoredProfile> profiles = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            List<String> rows = rows(run, 700 + 100 * run, run * 0.3);
            all.addAll(rows);
            profiles.add(profile("run" + run, HEADER, rows));
        }
        Raw together = raw("together", HEADER, all);
        Raw current = raw("current", HEADER, rows(99, 900, 1.1));

        Result<DriftDetails> exact = run(together, current);
        Result<DriftDetails> merged = run(new Profiles(profiles), current);

        for (String metric : List.of(
                "count.psi",
                "count.js",
                "count.ks",
                "colour.psi",
                "colour.js",
                "colour.chi2",
                "flag.psi",
                "flag.chi2")) {
            assertThat(merged.metrics().get(metric))
                    .as(metric)
                    .isCloseTo(exact.metrics().get(metric), within(1e-9));
        }
        // Off by at most twice the share of a bin of 50, and by far less where values are spread smoothly.
        assertThat(merged.metrics().get("smooth.ks")).isCloseTo(exact.metrics().get("smooth.ks"), within(0.04));
        assertThat(merged.metrics().get("smooth.psi")).isCloseTo(exact.metrics().get("smooth.psi"), within(0.02));
        assertThat(merged.details().reference().rows()).isEqualTo(5 * 900);
        assertThat(merged.details().reference().profile()).isTrue();
        assertThat(merged.details().reference().path()).isEqualTo("run0.json, run1.json, run2.json and 2 more");
        assertThat(merged.details().reference().merged().get().profiles()).hasSize(5);
        assertThat(Json.mapper().readValue(Json.write(merged.details()), DriftDetails.class))
                .isEqualTo(merged.details());
    }

    @Test
    void noQuantileIsOffByMoreThanTheStatedShareHoweverTheRunsDiffer() throws Exception {
        Random random = new Random(17);
        for (int trial = 0; trial < 10; trial++) {
            List<ProfiledNumbers> parts = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            double stated = 0;
            for (int run = 0; run < 2 + trial % 4; run++) {
                List<String> rows = new ArrayList<>();
                int n = 150 + random.nextInt(400);
                double scale = Math.exp(3 * random.nextGaussian());
                double shift = 10 * random.nextGaussian();
                for (int i = 0; i < n; i++) {
                    double value = shift + scale * Math.pow(random.nextGaussian(), trial % 2 == 0 ? 1 : 3);
                    values.add(value);
                    rows.add(Double.toString(value));
                }
                DataProfile profile =
                        profile("t" + trial + "r" + run, "x", rows).profile();
                parts.add(ProfiledNumbers.of(profile.find("x").orElseThrow()));
                stated += profile.find("x").get().distribution().get().equalFrequency().counts().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElseThrow();
            }
            stated /= values.size();
            ProfiledNumbers together = ProfiledNumbers.together(parts);
            for (int decile = 0; decile < Overview.LEVELS.size(); decile++) {
                double level = Overview.LEVELS.get(decile);
                double quantile = together.deciles().get(decile);
                double below = values.stream().filter(value -> value < quantile).count() / (double) values.size();
                assertThat(below)
                        .as("trial %d, level %s", trial, level)
                        .isCloseTo(level, within(stated + 2.0 / values.size()));
            }
            for (int i = 0; i < 50; i++) {
                double place = values.get(random.nextInt(values.size())) + random.nextGaussian();
                double below = values.stream().filter(value -> value < place).count() / (double) values.size();
                ProfiledNumbers.Known known =
                        together.below().at(List.of(place)).get(0);
                assertThat(known.likely()).isCloseTo(below, within(stated + 1e-12));
                assertThat(below).isBetween(known.low() - 1e-12, known.high() + 1e-12);
            }
        }
    }

    /** numpy 2.4.6: np.quantile([1, 2, 2, 3, 10, 2, 5, 7], [0, 0.1, ..., 1]). */
    @Test
    void quantilesOfListedValuesAreNumpys() throws Exception {
        ProfiledNumbers together = ProfiledNumbers.together(List.of(
                ProfiledNumbers.of(profile("a", "x", List.of("1", "2", "2", "3"))
                        .profile()
                        .columns()
                        .get(0)),
                ProfiledNumbers.of(profile("b", "x", List.of("10", "2", "5", "7"))
                        .profile()
                        .columns()
                        .get(0))));

        List<Double> expected = List.of(1.0, 1.7, 2.0, 2.0, 2.0, 2.5, 3.4, 4.8, 6.2, 7.9, 10.0);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(together.deciles().get(i)).isCloseTo(expected.get(i), within(1e-12));
        }
    }

    @Test
    void mergedProfilesDoNotDriftFromTheirOwnData() throws Exception {
        List<String> all = new ArrayList<>(rows(1, 2000, 0));
        all.addAll(rows(2, 2000, 0));
        List<StoredProfile> profiles =
                List.of(profile("one", HEADER, rows(1, 2000, 0)), profile("two", HEADER, rows(2, 2000, 0)));

        Result<DriftDetails> result = run(new Profiles(profiles), raw("together", HEADER, all));

        assertThat(result.metrics()).containsEntry("drift.columns", 0.0).containsEntry("count.psi", 0.0);
        assertThat(result.metrics().get("smooth.psi")).isLessThan(1e-3);
    }

    @Test
    void columnsThatNotAllProfilesHaveAreLeftOutAndTold() throws Exception {
        StoredProfile one = profile("one", "a,b,c,d", List.of("1,x,2,2025-01-01", "2,y,3,2025-01-02"));
        StoredProfile two = profile("two", "a,c,d", List.of("1.5,red,", "2.5,blue,"));
        Raw current = raw("current", "a,b,c,d", List.of("1,x,2,2025-01-01", "3,z,4,2025-01-03"));

        DriftDetails details = run(new Profiles(List.of(one, two)), current).details();

        assertThat(details.reference().merged().get().leftOut())
                .containsEntry("b", "two.json has no such column")
                .containsEntry("c", "it is of different types: integer, string")
                .hasSize(2);
        assertThat(details.columns()).extracting(ColumnDrift::name).containsExactly("a");
        assertThat(details.missing())
                .extracting(DriftDetails.MissingColumn::name)
                .containsExactly("b", "c");
    }

    @Test
    void aCategoryThatAProfileMayHaveIsComparedWithTheRest() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add("v" + i);
            many.add("often");
            many.add("often");
        }
        StoredProfile cut = profile("cut", "text", many);
        StoredProfile whole = profile("whole", "text", List.of("often", "rare", "rare"));
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            MergedProfileSide side = MergedProfileSide.open(engine, new Profiles(List.of(cut, whole)));

            Categories categories = side.categories(side.columns()).get("text");
            assertThat(categories.complete()).isFalse();
            assertThat(categories.counts()).containsEntry("often", 301L).doesNotContainKey("rare");
            assertThat(categories.counts()).containsEntry("v0", 1L).hasSize(100);
            assertThat(side.overview(side.columns()).get("text").values()).isEqualTo(453);
        }
    }

    @Test
    void theProfileOfTheCurrentDataIsNoReferenceForThem() throws Exception {
        Raw current = raw("today", HEADER, rows(7, 300, 0));
        StoredProfile own = new StoredProfile(profileOf(current.source()), "own.json");
        StoredProfile older = profile("older", HEADER, rows(8, 200, 0));
        StoredProfile oldest = profile("oldest", HEADER, rows(9, 100, 0));

        DriftDetails details = run(new Profiles(List.of(own, older, oldest), 1, Optional.of(current.source())), current)
                .details();

        assertThat(details.reference().merged().get().profiles()).containsExactly("older.json");
        assertThatThrownBy(() -> run(new Profiles(List.of(own), 3, Optional.of(current.source())), current))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("that of the current data themselves");
    }

    @Test
    void noProfileAndNoCommonColumnAreRefused() throws Exception {
        Raw current = raw("current", "a", List.of("1", "2"));
        assertThatThrownBy(() -> run(new Profiles(List.of()), current))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no accepted profile")
                .hasMessageContaining("mlcicd validate");
        List<StoredProfile> strangers =
                List.of(profile("one", "a", List.of("1", "2")), profile("two", "b", List.of("1", "2")));
        assertThatThrownBy(() -> run(new Profiles(strangers), current))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one.json, two.json have no column in common");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"rows\": 1}");
        assertThatThrownBy(() -> StoredProfile.read(broken, "broken.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a data profile");
    }

    private static List<String> rows(long seed, int n, double shift) {
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String smooth = i % 20 == 0 ? "" : Double.toString(random.nextGaussian() + shift);
            long count = Math.round(Math.abs(3 * random.nextGaussian() + shift));
            rows.add("%s,%d,c%d,%s"
                    .formatted(smooth, count, random.nextInt(4 + (int) (2 * shift)), random.nextBoolean()));
        }
        return rows;
    }

    private StoredProfile profile(String name, String header, List<String> rows) throws Exception {
        return new StoredProfile(profileOf(raw(name, header, rows).source()), name + ".json");
    }

    private static DataProfile profileOf(DataSource source) throws InterruptedException {
        return new ProfileData()
                .run(new ProfileRequest(List.of(source)), Progress.NONE)
                .details()
                .data()
                .get(0);
    }

    private Raw raw(String name, String header, List<String> rows) throws IOException {
        String text = header + "\n" + String.join("\n", rows) + "\n";
        return new Raw(DataSource.of(name, Files.writeString(folder.resolve(name + ".csv"), text)));
    }

    private static Result<DriftDetails> run(DriftSide reference, DriftSide current) throws InterruptedException {
        return new CheckDrift()
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                reference,
                                current,
                                List.of(),
                                List.of(),
                                ColumnTests.DEFAULT,
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE);
    }
}
