package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.util.OptionalLong;

/** How the end of an answer's body is found (RFC 9112, section 6.3). */
record Body(Kind kind, long length) {

    enum Kind {
        NONE,
        FIXED,
        CHUNKED,
        TO_THE_END
    }

    static Body of(Head request, Head answer) throws IOException {
        int status = answer.status();
        if (request.method().equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
            return new Body(Kind.NONE, 0);
        }
        answer.requireOneFraming();
        if (answer.chunked()) {
            return new Body(Kind.CHUNKED, 0);
        }
        OptionalLong length = answer.contentLength();
        return length.isPresent() ? new Body(Kind.FIXED, length.getAsLong()) : new Body(Kind.TO_THE_END, 0);
    }

    /**
     * Hands the body on.
     *
     * @param framed hears it as it came
     * @param content hears it without the framing of chunks
     */
    void copy(Wire in, Wire.Sink framed, Wire.Sink content) throws IOException {
        Wire.Sink both = (bytes, offset, count) -> {
            framed.take(bytes, offset, count);
            content.take(bytes, offset, count);
        };
        if (kind == Kind.FIXED) {
            in.copy(length, both);
        } else if (kind == Kind.CHUNKED) {
            in.copyChunked(framed, content);
        } else if (kind == Kind.TO_THE_END) {
            in.copyToEnd(both);
        }
    }
}
