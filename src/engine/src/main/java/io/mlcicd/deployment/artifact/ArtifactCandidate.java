package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A version that is there and that the name does not point at yet. */
final class ArtifactCandidate implements Candidate {

    private final VersionStore store;
    private final String name;
    private final String reference;
    private final Publications before;
    private final Publication next;

    ArtifactCandidate(VersionStore store, String name, String reference, Publications before, Publication next) {
        this.store = store;
        this.name = name;
        this.reference = reference;
        this.before = before;
        this.next = next;
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> entrance() {
        return Optional.empty();
    }

    /** It is ready when what was published can be read back. */
    @Override
    public Health health() throws InterruptedException {
        boolean there = store.version(next.version()).isPresent();
        return new Health(there, Optional.of(there), there ? "" : next.version() + " is not there any more");
    }

    @Override
    public List<String> lastLines() {
        return List.of();
    }

    /** A name cannot point at two versions, so all traffic is what {@link #confirm} gives. */
    @Override
    public void route(double share) {}

    @Override
    public void shadow(boolean on) {}

    @Override
    public Optional<Observation> observed() {
        return Optional.empty();
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        Publications now = store.publications(name);
        if (!now.current().equals(before.current())) {
            throw new OutsideSystemException("%s was moved by %s meanwhile; look at it (mlcicd status), then try again"
                    .formatted(reference, now.current().map(Publication::by).orElse("somebody")));
        }
        store.point(name, now.with(next));
    }

    /** A version that no name points at does no harm, and may be there for another name. */
    @Override
    public void abandon() {}

    @Override
    public void close() {}
}
