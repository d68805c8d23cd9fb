package io.mlcicd.data;

/** The shortest and the longest text of a column, in Unicode characters. */
public record TextLengths(long min, long max) {

    /** What holds for the texts of both. */
    TextLengths merge(TextLengths other) {
        return new TextLengths(Math.min(min, other.min), Math.max(max, other.max));
    }
}
