package io.mlcicd.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service whether it is ready. */
final class HealthProbe {

    /** A single try takes no longer, for a service that starts may leave its first caller hanging. */
    static final Duration ONE_TRY = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ONE_TRY).build();
    private final URI address;

    HealthProbe(URI service, String path) {
        this.address = service.resolve(path);
    }

    /** Whether it answers with 2xx within that time, and soon. */
    boolean ready(Duration patience) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience.compareTo(ONE_TRY) < 0 ? patience : ONE_TRY)
                .GET()
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        }
    }
}
