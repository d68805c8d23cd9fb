package io.mlcicd.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How files are to be read where they do not tell it by themselves, or tell it wrongly.
 *
 * @param delimiter what separates fields in CSV; found in the header when left out
 * @param quote what encloses a field in CSV, doubled inside of it; {@code "} when left out
 * @param header whether the first record of a CSV file names the columns; found in the records when left out
 * @param encoding of text: {@code utf-8}, {@code utf-16}, {@code latin-1} or {@code windows-1252}; UTF-8, or UTF-16 where
 *     a byte order mark says so, when left out
 * @param nulls texts that stand for no value in CSV, beside the empty field
 * @param maxExpansion how many times its size a compressed text file may unpack to before it is refused, once it is beyond
 *     256 MB; 500 when left out, while data that people write unpack to 3 to 50 times their size
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReadOptions(
        Optional<Character> delimiter,
        Optional<Character> quote,
        Optional<Boolean> header,
        Optional<Encoding> encoding,
        List<String> nulls,
        OptionalInt maxExpansion) {

    private static final int USUAL_EXPANSION = 500;

    /** Everything is found in the files. */
    public static final ReadOptions SNIFFED = new ReadOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), OptionalInt.empty());

    public ReadOptions {
        nulls = nulls == null ? List.of() : List.copyOf(nulls);
    }

    ReadOptions withQuote(char other) {
        return new ReadOptions(delimiter, Optional.of(other), header, encoding, nulls, maxExpansion);
    }

    int expansion() {
        return maxExpansion.orElse(USUAL_EXPANSION);
    }

    char quoteOrUsual() {
        return quote.orElse('"');
    }
}
