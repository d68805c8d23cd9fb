package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The kinds of model that are told apart, each under the name its makers use. */
public enum ModelKind {
    /** A folder with an {@code MLmodel} file, whatever library made the model inside. */
    MLFLOW("MLflow"),
    TENSORFLOW("TensorFlow SavedModel"),
    ONNX("ONNX"),
    TORCHSCRIPT("TorchScript"),
    PYTORCH("PyTorch"),
    KERAS("Keras"),
    XGBOOST("XGBoost"),
    LIGHTGBM("LightGBM"),
    PMML("PMML"),
    GGUF("GGUF"),
    SAFETENSORS("safetensors"),
    /** An HDF5 file that does not say that it is Keras'. */
    HDF5("HDF5"),
    SCIKIT_LEARN("scikit-learn"),
    /** A pickle of something else. */
    PICKLE("pickle"),
    UNKNOWN("unknown");

    private final String label;

    ModelKind(String label) {
        this.label = label;
    }

    /** The name for people and documents. */
    @JsonValue
    public String label() {
        return label;
    }

    /** The kind of that name; a name that a later version may have written is {@link #UNKNOWN}. */
    @JsonCreator
    public static ModelKind of(String label) {
        for (ModelKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
