package io.mlcicd.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * How files are to be read where they do not tell it by themselves, or tell it wrongly.
 *
 * @param delimiter what separates fields in CSV; found in the header when left out
 * @param quote what encloses a field in CSV, doubled inside of it; {@code "} when left out
 * @param header whether the first record of a CSV file names the columns; found in the records when left out
 * @param encoding of text: {@code utf-8}, {@code utf-16}, {@code latin-1} or {@code windows-1252}; UTF-8, or UTF-16 where
 *     a byte order mark says so, when left out
 * @param nulls texts that stand for no value in CSV, beside the empty field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReadOptions(
        Optional<Character> delimiter,
        Optional<Character> quote,
        Optional<Boolean> header,
        Optional<Encoding> encoding,
        List<String> nulls) {

    /** Everything is found in the files. */
    public static final ReadOptions SNIFFED =
            new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public ReadOptions {
        nulls = nulls == null ? List.of() : List.copyOf(nulls);
    }
}
