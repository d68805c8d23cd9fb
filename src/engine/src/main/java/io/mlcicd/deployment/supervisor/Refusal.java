package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What the supervisor itself answers where no release does. */
enum Refusal {
    BAD_REQUEST("400 Bad Request"),
    BAD_GATEWAY("502 Bad Gateway"),
    UNAVAILABLE("503 Service Unavailable"),
    TIMEOUT("504 Gateway Timeout");

    private final String status;

    Refusal(String status) {
        this.status = status;
    }

    /** Writes the answer, after which the connection ends. */
    void write(OutputStream out, String why) throws IOException {
        byte[] body = (why + "\n").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }
}
