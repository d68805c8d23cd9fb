package io.mlcicd.packaging;

import io.mlcicd.lineage.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One layer of an image.
 *
 * @param name {@code base}, {@code files} or {@code model}
 * @param files how many of the project's files are in it; empty for a layer of the base
 * @param bytes its size as stored and sent, compressed
 * @param digest digest of those bytes
 */
public record ImageLayer(String name, OptionalInt files, long bytes, Digest digest) {

    /** The layers of an image that holds these contents: the base's, then the files if any, then the model. */
    static List<ImageLayer> of(ImageTarball image, ImageContents contents) {
        List<ImageTarball.Descriptor> stored = image.layers();
        int own = contents.files().isEmpty() ? 1 : 2;
        List<ImageLayer> layers = new ArrayList<>();
        for (ImageTarball.Descriptor layer : stored.subList(0, stored.size() - own)) {
            layers.add(new ImageLayer("base", OptionalInt.empty(), layer.size(), layer.digest()));
        }
        if (own == 2) {
            layers.add(of("files", contents.files(), stored.get(stored.size() - 2)));
        }
        layers.add(of("model", contents.modelFiles(), stored.get(stored.size() - 1)));
        return List.copyOf(layers);
    }

    private static ImageLayer of(String name, List<ProjectFile> files, ImageTarball.Descriptor stored) {
        return new ImageLayer(name, OptionalInt.of(files.size()), stored.size(), stored.digest());
    }
}
