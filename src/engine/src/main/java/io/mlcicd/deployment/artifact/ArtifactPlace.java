package io.mlcicd.deployment.artifact;

/** Where versions of a model are published. Each kind of place is one record; what it does is its {@link VersionStore}. */
public sealed interface ArtifactPlace permits FolderPlace, RegistryPlace {

    /** What applications pull to get the version that a name points at. */
    String reference(String name);

    /** What is kept there; touches nothing yet. */
    VersionStore open();
}
