package io.mlcicd.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodDoorTest {

    @TempDir
    Path folder;

    private static HttpResponse<String> ask(URI door) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(door.resolve("/predict")).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itLeadsToTheFirstPodThatIsReady() throws Exception {
        HttpServer pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        pod.createContext("/predict", exchange -> {
            byte[] body = "sun".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pod.start();
        try (ApiServer server = new ApiServer()) {
            TestCluster test = new TestCluster(folder, server.url(), "token");
            KubernetesSettings settings = test.inside(pod.getAddress().getPort());
            Map<String, String> labels = Map.of(Naming.RUN, "weather-1");
            try (Cluster cluster = Cluster.open(settings, Naming.of("weather"));
                    PodDoor door = new PodDoor(settings, cluster, labels)) {
                URI address = door.address().orElseThrow();
                assertThatThrownBy(() -> ask(address)).isInstanceOf(IOException.class);
                ObjectNode ready = Manifests.object(
                        ObjectKind.POD,
                        Manifests.metadata("weather-1-0", labels, Map.of()),
                        Map.of(
                                "status",
                                Map.of(
                                        "podIP",
                                        "127.0.0.1",
                                        "conditions",
                                        List.of(Map.of("type", "Ready", "status", "True")))));
                server.overwrite("pods/weather-1-0", ready);
                assertThat(ask(address).body()).isEqualTo("sun");
                assertThat(ask(address).statusCode()).isEqualTo(200);
            }
        } finally {
            pod.stop(0);
        }
    }
}
