package io.mlcicd.packaging.pickle;

/**
 * Something that loading a pickle would import and that is not known to be harmless.
 *
 * @param file the file, and after {@code !} the entry of an archive
 * @param what the import, such as {@code os.system}
 * @param offset of the opcode, in bytes from the beginning of the pickle's file once it is decompressed
 * @param level how dangerous it is
 * @param times how often the file has it
 */
public record PickleFinding(String file, String what, long offset, Level level, int times) {

    /** How dangerous an import is. */
    public enum Level {
        /** Runs code, starts programs, opens files or connections, or hides what it imports. */
        UNSAFE,
        /** Neither known as harmless nor as dangerous. */
        UNKNOWN
    }

    /** One sentence. */
    public String sentence() {
        return "%s imports %s at byte %d".formatted(file, what, offset);
    }
}
