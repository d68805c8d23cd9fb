package io.mlcicd.deployment;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A model service for tests: {@code PORT MODEL_FILE}; what the model file says decides how it behaves. */
public final class TestService {

    private TestService() {}

    public static void main(String[] arguments) throws IOException {
        String model = Files.readString(Path.of(arguments[1])).strip();
        if (model.startsWith("dies")) {
            System.out.println("this model cannot be loaded");
            System.exit(7);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/health", exchange -> {
            try (exchange) {
                while (model.startsWith("stuck")) {
                    LockSupport.park();
                }
                exchange.sendResponseHeaders(model.startsWith("sick") ? 503 : 200, -1);
            }
        });
        server.createContext("/predict", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                String secret = String.valueOf(System.getenv("SECRET"));
                byte[] body = "{\"model\":\"%s\",\"n\":1.0,\"secretLength\":%d}"
                        .formatted(model, secret.length())
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
        server.start();
    }
}
