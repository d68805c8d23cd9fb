package io.mlcicd.packaging.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Walks through all pickles that a stream holds one behind the other (older PyTorch files do), and through the arrays
 * that joblib writes between a pickle's opcodes (joblib.numpy_pickle, NumpyArrayWrapper, joblib 0.10 to 1.5).
 */
final class PickleWalk implements PickleListener {

    private static final int PROTOCOL = 0x80;
    private static final Pattern MODULE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");
    private static final String WRAPPER = "joblib.numpy_pickle.NumpyArrayWrapper";
    private static final int MOST_PICKLES = 10_000;
    private static final int DEEPEST = 16;

    private final PickleInput in;
    private final List<PickleImport> imports;
    private final Map<String, Value> entries = new TreeMap<>();
    private final Set<String> packages = new TreeSet<>();
    private Optional<String> libraryVersion = Optional.empty();
    private OptionalLong features = OptionalLong.empty();
    private int pickles;
    private int depth;

    private PickleWalk(InputStream stream, List<PickleImport> imports) {
        this.in = new PickleInput(stream);
        this.imports = imports;
    }

    /**
     * What came of a walk.
     *
     * @param pickles how many ended with their STOP
     * @param imports what they import
     * @param broken why the walk could not go on; empty when it came to an end
     * @param facts what they tell of themselves
     */
    record Outcome(int pickles, List<PickleImport> imports, Optional<String> broken, PickleFacts facts) {}

    /** Walks as far as there are pickles. */
    static Outcome through(String file, InputStream stream) throws IOException {
        PickleWalk walk = new PickleWalk(stream, new ArrayList<>());
        Optional<String> broken = Optional.empty();
        try {
            walk.all();
        } catch (PickleProblem e) {
            broken = Optional.of(e.getMessage());
        }
        return new Outcome(
                walk.pickles,
                walk.imports,
                broken,
                new PickleFacts(file, walk.packages, walk.libraryVersion, walk.features));
    }

    private void all() throws IOException {
        do {
            one();
        } while (in.peek() == PROTOCOL && pickles < MOST_PICKLES);
    }

    private void one() throws IOException {
        new PickleMachine(in, this).run();
        pickles++;
    }

    @Override
    public void imported(PickleImport what) throws IOException {
        boolean plausible =
                what.module().equals("?") || MODULE.matcher(what.module()).matches();
        if (!plausible) {
            throw new PickleProblem("byte %d imports from what cannot be a module".formatted(what.offset()));
        }
        imports.add(what);
        packages.add(what.module().replaceFirst("\\..*", ""));
    }

    @Override
    public void entry(String key, Value value) {
        entries.put(key, value);
        if (key.equals("_sklearn_version") && value instanceof Value.Text text) {
            libraryVersion = Optional.of(text.value());
        } else if (key.equals("n_features_in_") && value instanceof Value.Whole whole) {
            features = OptionalLong.of(whole.value());
        }
    }

    @Override
    public void built(Value object, PickleInput input) throws IOException {
        boolean wrapper = object instanceof Value.Called called
                && WRAPPER.equals(
                        called.member().module() + "." + called.member().name());
        if (!wrapper) {
            return;
        }
        String type = elementType();
        if (type.startsWith("O")) {
            if (++depth > DEEPEST) {
                throw new PickleProblem("its arrays are nested more than %d deep".formatted(DEEPEST));
            }
            one();
            pickles--;
            depth--;
            return;
        }
        if (entries.remove("numpy_array_alignment_bytes") instanceof Value.Whole) {
            input.skip(input.octet());
        }
        long bytes = elementBytes(type);
        if (!(entries.get("shape") instanceof Value.Tuple shape)) {
            throw new PickleProblem("an array in it has no shape");
        }
        for (Value size : shape.items()) {
            if (!(size instanceof Value.Whole whole) || whole.value() < 0) {
                throw new PickleProblem("an array in it has no shape");
            }
            try {
                bytes = Math.multiplyExact(bytes, whole.value());
            } catch (ArithmeticException e) {
                throw new PickleProblem("an array in it is larger than any file");
            }
        }
        input.skip(bytes);
    }

    private String elementType() throws PickleProblem {
        if (entries.get("dtype") instanceof Value.Called dtype
                && dtype.arguments() instanceof Value.Tuple arguments
                && !arguments.items().isEmpty()
                && arguments.items().get(0) instanceof Value.Text type
                && !type.value().isEmpty()) {
            return type.value();
        }
        throw new PickleProblem("an array in it has no type of elements");
    }

    /** A NumPy type such as {@code f8}: a letter and the number of bytes, for {@code U} of characters. */
    private static long elementBytes(String type) throws PickleProblem {
        try {
            long size = Long.parseLong(type.substring(1));
            return type.charAt(0) == 'U' ? Math.multiplyExact(4L, size) : size;
        } catch (NumberFormatException e) {
            throw new PickleProblem("an array in it has elements of the type '%s'".formatted(type));
        }
    }
}
