package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits are looked at where the forges' documentation says, and nothing else becomes a link. */
class ForgeTest {

    private static final String ONE = "1111111111111111111111111111111111111111";
    private static final String TWO = "2222222222222222222222222222222222222222";

    @ParameterizedTest
    @CsvSource({
        "https://github.com/o/r.git, https://github.com/o/r/commit/1, https://github.com/o/r/compare/1...2",
        "git@github.com:o/r.git, https://github.com/o/r/commit/1, https://github.com/o/r/compare/1...2",
        "ssh://git@gitlab.example:22/g/s/r.git, https://gitlab.example/g/s/r/-/commit/1,"
                + " https://gitlab.example/g/s/r/-/compare/1...2",
        "https://bitbucket.org/o/r, https://bitbucket.org/o/r/commits/1, https://bitbucket.org/o/r/branches/compare/2%0D1",
        "https://codeberg.org/o/r/, https://codeberg.org/o/r/commit/1, https://codeberg.org/o/r/compare/1...2"
    })
    void knownForgesHavePages(String remote, String commit, String range) {
        assertThat(Forge.commit(remote, ONE)).contains(commit.replaceFirst("1$", ONE));
        assertThat(Forge.range(remote, ONE, TWO).orElseThrow()).isEqualTo(whole(range));
    }

    private static String whole(String range) {
        int end = range.lastIndexOf('/') + 1;
        return range.substring(0, end)
                + range.substring(end)
                        .replaceFirst("^1", ONE)
                        .replaceFirst("^2", TWO)
                        .replaceFirst("(\\.\\.\\.|%0D)1$", "$1" + ONE)
                        .replaceFirst("(\\.\\.\\.|%0D)2$", "$1" + TWO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/git/r.git",
                "https://git.example/o/r.git",
                "https://github.com.evil.example@github.example.evil:x/o",
                "javascript:alert(1)",
                "https://github.com/o/r\"onclick=\"x",
                "file:///github.com/o/r"
            })
    void othersHaveNone(String remote) {
        assertThat(Forge.commit(remote, ONE)).isEmpty();
        assertThat(Forge.range(remote, ONE, TWO)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HEAD", "abc", "1234567\n", "../../x"})
    void whatIsNoCommitIsNotLinked(String sha) {
        assertThat(Forge.commit("https://github.com/o/r", sha)).isEmpty();
        assertThat(Forge.range("https://github.com/o/r", sha, TWO)).isEmpty();
    }
}
