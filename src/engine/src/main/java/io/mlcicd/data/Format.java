package io.mlcicd.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.operation.InvalidInputException;
import java.util.Locale;

/** File formats that data are read from. */
public enum Format {
    CSV,
    TSV,
    JSONL,
    PARQUET;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Format of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /**
     * The format a file name's ending stands for.
     *
     * @throws InvalidInputException when the ending stands for none
     */
    public static Format ofFileName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            return TSV;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSONL;
        }
        if (name.endsWith(".parquet") || name.endsWith(".pq")) {
            return PARQUET;
        }
        if (name.endsWith(".feather") || name.endsWith(".arrow") || name.endsWith(".ipc")) {
            throw new InvalidInputException(fileName
                    + ": Arrow and Feather files are not read; write the data as Parquet, which keeps the same types"
                    + " (pandas: to_parquet)");
        }
        throw new InvalidInputException(fileName
                + ": cannot tell the data format from the file's name; end it in .csv, .tsv, .jsonl or .parquet (and .gz or .zst),"
                + " or name the format (csv, tsv, jsonl, parquet)");
    }
}
