package io.mlcicd.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** AWS's published vectors: the Signature Version 4 test suite, and the worked example of the IAM user guide. */
class SigV4Test {

    private static final AwsCredentials EXAMPLE =
            new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());
    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

    private static String signed(String service, String method, String uri, Map<String, String> headers, String body) {
        return SigV4.sign(EXAMPLE, "us-east-1", service, TIME, method, URI.create(uri), headers, body)
                .get("Authorization");
    }

    @Test
    void getVanilla() {
        assertThat(signed("service", "GET", "https://example.amazonaws.com/", Map.of(), ""))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void postVanilla() {
        assertThat(signed("service", "POST", "https://example.amazonaws.com/", Map.of(), ""))
                .endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void postWithBody() {
        assertThat(signed(
                        "service",
                        "POST",
                        "https://example.amazonaws.com/",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "Param1=value1"))
                .endsWith("SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void theWorkedExampleOfTheGuide() {
        assertThat(signed(
                        "iam",
                        "GET",
                        "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers",
                        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                        ""))
                .endsWith("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @Test
    void credentialsDoNotShowTheirSecret() {
        assertThat(EXAMPLE).hasToString("AwsCredentials[AKIDEXAMPLE]");
    }
}
