package io.mlcicd.packaging;

import io.mlcicd.lineage.Digest;
import io.mlcicd.registry.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One layer of an image.
 *
 * @param name {@code base}, {@code dependencies}, {@code files} or {@code model}
 * @param files how many of the project's files are in it; empty for a layer of the base
 * @param bytes its size as stored and sent, compressed
 * @param digest digest of those bytes
 */
public record ImageLayer(String name, OptionalInt files, long bytes, Digest digest) {

    /** The layers of an image that holds these contents: the base's, then those of the project, the model last. */
    static List<ImageLayer> of(ImageTarball image, ImageContents contents) {
        Map<String, List<ProjectFile>> own = new LinkedHashMap<>();
        own.put("dependencies", contents.dependencies());
        own.put("files", contents.files());
        own.put("model", contents.modelFiles());
        own.values().removeIf(List::isEmpty);
        List<Descriptor> stored = image.layers();
        int base = stored.size() - own.size();
        List<ImageLayer> layers = new ArrayList<>();
        for (Descriptor layer : stored.subList(0, base)) {
            layers.add(new ImageLayer("base", OptionalInt.empty(), layer.size(), layer.digest()));
        }
        for (Map.Entry<String, List<ProjectFile>> layer : own.entrySet()) {
            layers.add(of(layer.getKey(), layer.getValue(), stored.get(layers.size())));
        }
        return List.copyOf(layers);
    }

    private static ImageLayer of(String name, List<ProjectFile> files, Descriptor stored) {
        return new ImageLayer(name, OptionalInt.of(files.size()), stored.size(), stored.digest());
    }
}
