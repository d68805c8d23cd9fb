package io.mlcicd.packaging;

import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.registry.Descriptor;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Pushes the very image that is in a tarball: what was inspected is what the registry gets, byte for byte. */
final class ImagePush {

    private static final double FROM = 0.5;
    private static final double SHARE = 0.45;

    private ImagePush() {}

    /**
     * Pushes blobs, manifests and index, and makes sure that the registry has that very image under its name.
     *
     * @return configurations and layers that the registry did not have yet
     * @throws IOException when the tarball cannot be read
     */
    static Set<Digest> push(ImageTarball image, ImageTarget target, RegistryAccess access, Progress progress)
            throws IOException, InterruptedException {
        String doing = "push " + target.name();
        progress.step("pushing " + target.name(), FROM);
        List<Registry.Upload> uploads = new ArrayList<>();
        Map<Digest, Long> sizes = new HashMap<>();
        for (Descriptor blob : image.blobs()) {
            uploads.add(new Registry.Upload(blob.digest(), out -> image.write(blob, out)));
            sizes.put(blob.digest(), blob.size());
        }
        String tag = target.name().getQualifier();
        List<Registry.Tagged> manifests = new ArrayList<>();
        if (image.hasIndex()) {
            for (Descriptor manifest : image.manifests()) {
                manifests.add(new Registry.Tagged(
                        image.manifest(manifest), manifest.digest().value()));
            }
        }
        RegistryManifest top = image.manifest(image.top());
        manifests.add(new Registry.Tagged(top, tag));
        AtomicLong sent = new AtomicLong();
        double all = Math.max(1, image.bytes());
        Registry registry = new Registry(target.name(), access);
        Set<Digest> lacking = registry.push(
                uploads,
                manifests,
                doing,
                digest -> progress.step(
                        "pushing " + target.name(),
                        FROM + SHARE * Math.min(1, sent.addAndGet(sizes.get(digest)) / all)));
        Optional<Digest> stored = registry.manifest(tag, doing).map(Registry.FoundManifest::digest);
        if (!stored.equals(Optional.of(image.digest()))) {
            throw new OutsideSystemException("the image pushed as %s has the digest %s, but the one built has %s"
                    .formatted(target.name(), stored.map(Digest::value).orElse("none"), image.digest()));
        }
        return lacking;
    }
}
