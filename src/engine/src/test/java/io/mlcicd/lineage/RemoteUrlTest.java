package io.mlcicd.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com/o/r.git, https://github.com/o/r.git",
        "https://user:s3cret@github.com/o/r.git, https://github.com/o/r.git",
        "https://s3cret@github.com/o/r.git, https://github.com/o/r.git",
        "https://user:s3cret@word@github.com/o/r, https://github.com/o/r",
        "https://x-access-token:s3cret@ghe.example:8443/o/r, https://ghe.example:8443/o/r",
        "https://host.example/o/r?private_token=s3cret, https://host.example/o/r",
        "https://host.example/o/r#s3cret, https://host.example/o/r",
        "https://user:s3cret@[::1]:3000/o/r, https://[::1]:3000/o/r",
        "https://host.example/@scope/r, https://host.example/@scope/r",
        "https://my_host/o/r, https://my_host/o/r",
        "ssh://git@host.example:2222/o/r, ssh://git@host.example:2222/o/r",
        "ssh://git:s3cret@host.example/o/r, ssh://git@host.example/o/r",
        "git@github.com:o/r.git, git@github.com:o/r.git",
        "/srv/git/r.git, /srv/git/r.git",
        "file:///srv/git/r.git, file:///srv/git/r.git"
    })
    void whatMayBeSecretIsTakenOut(String url, String shown) {
        assertThat(RemoteUrl.withoutCredentials(url)).contains(shown);
        assertThat(shown).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:s3/cret@host.example/o/r", "https://", ""})
    void anUnclearUrlIsNotShownAtAll(String url) {
        assertThat(RemoteUrl.withoutCredentials(url)).isEmpty();
    }

    @Test
    void anExoticSchemeLosesItsUserToo() {
        assertThat(RemoteUrl.withoutCredentials("svn+https://u:s3cret@h/o")).contains("svn+https://h/o");
    }
}
