package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What another tool's file asks of data.
 *
 * @param tool the tool, for people
 * @param content the same as a contract of ours, as its YAML would be read
 * @param carried how many of the tool's checks the contract has
 * @param left what it could not carry
 */
public record ImportedContract(String tool, ObjectNode content, int carried, List<Left> left) {

    public ImportedContract {
        left = List.copyOf(left);
    }

    /**
     * Something that was left behind.
     *
     * @param what the check, with where it stands in the file
     * @param why what a contract of ours cannot say
     */
    public record Left(String what, String why) {}
}
