package io.mlcicd.packaging.recognition;

import java.util.Map;

/**
 * What one file tells.
 *
 * @param kind the kind of model
 * @param versions what has which version, such as {@code opset} to {@code 17}
 * @param signature inputs and outputs
 */
record ModelFacts(ModelKind kind, Map<String, String> versions, Signature signature) {

    static ModelFacts of(ModelKind kind) {
        return new ModelFacts(kind, Map.of(), Signature.NONE);
    }
}
