package io.mlcicd.packaging.pickle;

/**
 * Something that loading a pickle imports, and with it may call.
 *
 * @param module the module, as the pickle writes it
 * @param name what is taken out of it
 * @param offset of the opcode that imports it, in bytes from the pickle's beginning
 */
record PickleImport(String module, String name, long offset) {

    /** As one writes it in Python. */
    String qualified() {
        return module + "." + name;
    }
}
