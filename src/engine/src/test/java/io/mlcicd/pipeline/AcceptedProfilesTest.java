package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.drift.StoredProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedProfilesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private AcceptedProfiles accepted;

    @BeforeEach
    void open() {
        accepted = new AcceptedProfiles(folder.resolve("accepted"));
    }

    @Test
    void theNewestComeFirstAndEachDataSetHasItsOwn() {
        accept("train", 1, 1);
        accept("train", 2, 2);
        accept("train.json", 9, 3);
        accept("a/b", 8, 3);
        accept("train", 3, 4);

        assertThat(rows("train", 30)).containsExactly(3L, 2L, 1L);
        assertThat(rows("train", 2)).containsExactly(3L, 2L);
        assertThat(rows("train.json", 5)).containsExactly(9L);
        assertThat(rows("a/b", 5)).containsExactly(8L);
        assertThat(rows("unknown", 5)).isEmpty();
        assertThat(accepted.last("train").get().rows()).isEqualTo(3);
    }

    @Test
    void whatIsAcceptedAgainMovesUpAndIsNotKeptTwice() throws Exception {
        accept("train", 1, 1);
        accept("train", 2, 2);
        accept("train", 1, 3);

        assertThat(rows("train", 30)).containsExactly(1L, 2L);
        assertThat(files()).isEqualTo(2);
        assertThat(accepted.last("train").get().rows()).isEqualTo(1);
    }

    @Test
    void onlyTheNewestThirtyAreKept() throws Exception {
        for (int i = 1; i <= 40; i++) {
            accept("train", i, i);
        }

        assertThat(rows("train", 100)).hasSize(30).startsWith(40L).endsWith(11L);
        assertThat(files()).isEqualTo(30);
    }

    @Test
    void whatVersionsBeforeKeptIsTheFirstOfTheHistory() {
        DataProfiles.write(profile("train", 5), folder.resolve("accepted/train.json"));

        assertThat(rows("train", 5)).containsExactly(5L);
        accepted.accept(profile("train", 6), Instant.now().plusSeconds(60));
        assertThat(rows("train", 5)).containsExactly(6L, 5L);
    }

    @Test
    void whatIsNoProfileIsLeftOut() throws Exception {
        accept("train", 1, 1);
        Path history = folder.resolve("accepted/history/train");
        Files.writeString(history.resolve("20270101T000000.000000Z-0123456789ab.json"), "{\"schemaVersion\": \"9\"}");
        Files.writeString(history.resolve("notes.txt"), "mine");
        Files.writeString(history.resolve(".20270101T000000.000000Z-0123456789ab.json.part"), "half");

        assertThat(rows("train", 5)).containsExactly(1L);
        accept("train", 2, 2);
        assertThat(rows("train", 5)).containsExactly(2L, 1L);
        assertThat(history.resolve("notes.txt")).exists();
    }

    @Test
    void documentsSayWhereAProfileIsKept() {
        accept("train", 1, 1);

        assertThat(accepted.last("train", 1))
                .extracting(StoredProfile::shown)
                .first()
                .asString()
                .matches("accepted.history.train.20260101T000001\\.000000Z-[0-9a-f]{12}\\.json");
    }

    private void accept(String name, long rows, int second) {
        accepted.accept(profile(name, rows), START.plusSeconds(second));
    }

    private List<Long> rows(String name, int most) {
        return accepted.last(name, most).stream()
                .map(stored -> stored.profile().rows())
                .toList();
    }

    private long files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("accepted/history/train"))) {
            return files.count();
        }
    }

    private static DataProfile profile(String name, long rows) {
        return new DataProfile(DataProfile.SCHEMA_VERSION, name, List.of(), rows, List.of());
    }
}
