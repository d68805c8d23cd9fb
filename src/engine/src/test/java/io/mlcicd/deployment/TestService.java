package io.mlcicd.deployment;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        AtomicLong asked = new AtomicLong();
        AtomicLong begun = new AtomicLong();
        server.createContext("/predict", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                long nth = asked.incrementAndGet();
                begun.compareAndSet(0, System.nanoTime());
                behave(model, nth);
                boolean fails = (System.nanoTime() - begun.get()) / 1e9 > number(model, "failAfter", 1e9);
                String secret = String.valueOf(System.getenv("SECRET"));
                double prediction =
                        number(model, "value", 1) + ThreadLocalRandom.current().nextGaussian();
                byte[] body = "{\"model\":\"%s\",\"n\":1.0,\"secretLength\":%d,\"p\":[%s]}"
                        .formatted(model, secret.length(), prediction)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.createContext("/judge", exchange -> {
            try (exchange) {
                String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                double x = number(request.replace("\"x\": ", "x="), "x", 0);
                boolean wrong = ThreadLocalRandom.current().nextDouble() < number(model, "wrong", 0);
                byte[] body = "{\"class\":\"%s\",\"value\":%s}"
                        .formatted((x % 2 == 0) == wrong ? "odd" : "even", x + number(model, "off", 0))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.createContext("/echo", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getRequestBody().transferTo(exchange.getResponseBody());
            }
        });
        server.createContext("/stream", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(1_500_000_000L);
                exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.createContext("/slow", exchange -> {
            try (exchange) {
                LockSupport.parkNanos(20_000_000_000L);
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
        server.start();
    }

    /** What the model's file says beside its name: {@code two slow=300 dieAfter=20}. */
    private static void behave(String model, long nth) {
        if (nth > number(model, "dieAfter", 1e9)) {
            Runtime.getRuntime().halt(3);
        }
        while (nth > number(model, "hangAfter", 1e9)) {
            LockSupport.park();
        }
        LockSupport.parkNanos((long) (number(model, "slow", 0) * 1e6));
    }

    private static double number(String model, String name, double otherwise) {
        Matcher matcher = Pattern.compile(name + "=([0-9.]+)").matcher(model);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : otherwise;
    }
}
