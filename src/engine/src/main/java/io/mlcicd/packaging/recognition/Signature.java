package io.mlcicd.packaging.recognition;

import java.util.List;
import java.util.Optional;

/**
 * What goes into a model and what comes out of it, as far as its file tells.
 *
 * @param inputs in the file's order
 * @param outputs in the file's order
 */
public record Signature(List<Field> inputs, List<Field> outputs) {

    /** Nothing told. */
    public static final Signature NONE = new Signature(List.of(), List.of());

    /**
     * One input or output.
     *
     * @param name as the file names it; empty where it has none
     * @param type as the file's format names it
     * @param shape sizes from the outermost on, or a name for one that varies, {@code ?} where it has none; empty for a
     *     column or where no shape is told
     */
    public record Field(String name, Optional<String> type, List<String> shape) {

        public Field {
            shape = shape == null ? List.of() : List.copyOf(shape);
        }

        static Field column(String name, Optional<String> type) {
            return new Field(name, type, List.of());
        }
    }

    public Signature {
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }
}
