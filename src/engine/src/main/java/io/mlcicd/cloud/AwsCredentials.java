package io.mlcicd.cloud;

import java.util.Optional;

/**
 * What requests are signed with.
 *
 * @param accessKey names the key
 * @param secretKey the key itself
 * @param sessionToken goes with a key for a limited time
 */
record AwsCredentials(String accessKey, String secretKey, Optional<String> sessionToken) {

    /** Names the key only. */
    @Override
    public String toString() {
        return "AwsCredentials[" + accessKey + "]";
    }
}
