package io.mlcicd.versioning;

/**
 * A hash as DVC records it.
 *
 * @param algorithm {@code md5}, {@code md5-dos2unix} (DVC before 3.0: MD5 of text with its line ends as on Unix), or the
 *     name of a storage's own checksum, such as {@code etag}
 * @param value hexadecimal digits; of a folder with {@code .dir} behind
 */
record DvcHash(String algorithm, String value) {

    static final String MD5 = "md5";
    static final String MD5_OF_UNIX_TEXT = "md5-dos2unix";

    boolean isFolder() {
        return value.endsWith(".dir");
    }

    /** Whether it can be computed from the bytes alone. */
    boolean isOfContent() {
        return algorithm.equals(MD5) || algorithm.equals(MD5_OF_UNIX_TEXT);
    }

    String digits() {
        return isFolder() ? value.substring(0, value.length() - ".dir".length()) : value;
    }

    @Override
    public String toString() {
        return algorithm + ":" + value;
    }
}
