package io.mlcicd.deployment.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the id of a request is: in a header field, or at a JSON pointer (RFC 6901), of the request or else of its answer. */
final class RequestId {

    static final String HEADER = "header:";

    private static final int LONGEST = 200;

    private RequestId() {}

    /** The id; empty when neither has one there, or it is too long to be one. */
    static Optional<String> find(String place, Request request, Head answer, Optional<String> answerText) {
        Optional<String> id;
        if (place.startsWith(HEADER)) {
            String name = place.substring(HEADER.length()).strip();
            id = request.head().find(name).or(() -> answer.find(name));
        } else {
            id = request.body()
                    .map(body -> new String(body, StandardCharsets.UTF_8))
                    .flatMap(text -> JsonPlace.find(text, place))
                    .or(() -> answerText.flatMap(text -> JsonPlace.find(text, place)))
                    .map(JsonPlace.Value::text);
        }
        return id.map(String::strip).filter(text -> !text.isEmpty() && text.length() <= LONGEST);
    }
}
