package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.Result;
import java.util.List;
import java.util.Optional;

/**
 * The model that a new one is held against.
 *
 * @param title where it is from, such as {@code build #12}
 * @param why why it is this one, such as {@code in production since 3 May}
 * @param url its own report
 * @param documents its result documents
 */
public record Reference(String title, String why, Optional<String> url, List<Result<JsonNode>> documents) {

    public Reference {
        documents = List.copyOf(documents);
    }
}
