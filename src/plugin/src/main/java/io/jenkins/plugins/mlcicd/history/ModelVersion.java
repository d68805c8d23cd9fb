package io.jenkins.plugins.mlcicd.history;

import io.mlcicd.gate.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One model as one build had it.
 *
 * @param model the model's name
 * @param digest digest of the model's content; empty when no stage knew it
 * @param commit id of the code's commit
 * @param remote where the code comes from
 * @param image the image's name
 * @param imageDigest digest of the image's manifest
 * @param verdict what all stages of the build said of it together
 * @param evaluated what its evaluation said; empty when it was not evaluated
 * @param main the metrics that tell most, the most telling first
 * @param data the data sets it was seen with
 */
public record ModelVersion(
        String model,
        Optional<String> digest,
        Optional<String> commit,
        Optional<String> remote,
        Optional<String> image,
        Optional<String> imageDigest,
        Verdict verdict,
        Optional<Verdict> evaluated,
        Map<String, Double> main,
        List<DataVersion> data) {

    public ModelVersion {
        main = main == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(main));
        data = data == null ? List.of() : List.copyOf(data);
    }
}
