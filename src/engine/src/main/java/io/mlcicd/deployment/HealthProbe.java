package io.mlcicd.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service whether it is ready. */
final class HealthProbe {

    private static final Duration ONE_TRY = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ONE_TRY).build();
    private final HttpRequest request;

    HealthProbe(URI service, String path) {
        this.request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(ONE_TRY)
                .GET()
                .build();
    }

    /** Whether it answers with 2xx right now. */
    boolean ready() throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }
}
