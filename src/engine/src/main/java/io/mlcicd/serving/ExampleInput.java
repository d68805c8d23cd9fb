package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a model is asked about in an example request, before it is put into the words of a protocol. */
public sealed interface ExampleInput {

    /** How many rows are asked about; a server must give as many answers. 0 when that cannot be known. */
    int rows();

    /**
     * Rows of named columns.
     *
     * @param columns the columns' names
     * @param data one list per row, one value per column
     */
    record Table(List<String> columns, List<List<JsonNode>> data) implements ExampleInput {

        public Table {
            columns = List.copyOf(columns);
            data = data.stream().map(List::copyOf).toList();
        }

        @Override
        public int rows() {
            return data.size();
        }

        /** The values of one column, from the first row to the last. */
        List<JsonNode> column(int index) {
            return data.stream().map(row -> row.get(index)).toList();
        }
    }

    /**
     * Tensors, the first dimension of each being the rows.
     *
     * @param tensors at least one
     */
    record Tensors(List<Tensor> tensors) implements ExampleInput {

        public Tensors {
            tensors = List.copyOf(tensors);
        }

        @Override
        public int rows() {
            List<Long> shape = tensors.get(0).shape();
            return shape.isEmpty() ? 1 : shape.get(0).intValue();
        }
    }

    /**
     * A request that is written in its protocol's words already.
     *
     * @param body sent as it is
     * @param rows as far as it can be seen
     */
    record Ready(JsonNode body, int rows) implements ExampleInput {}
}
