package io.mlcicd.packaging.pickle;

import java.io.IOException;

/** Told what a pickle does while it is walked through. */
interface PickleListener {

    /**
     * Something is imported.
     *
     * @throws IOException when what follows need not be looked at
     */
    void imported(PickleImport what) throws IOException;

    /** A dictionary gets an entry. */
    void entry(String key, Value value);

    /**
     * An object has been given its state; what some libraries write behind it can be passed over here.
     *
     * @throws IOException when it cannot be followed
     */
    void built(Value object, PickleInput in) throws IOException;
}
