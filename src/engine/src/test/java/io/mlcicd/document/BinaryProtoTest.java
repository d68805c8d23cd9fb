package io.mlcicd.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryProtoTest {

    private static final BinaryProto.Type INNER = new BinaryProto.Type().text(2, "word");

    private static final BinaryProto.Type TYPE = new BinaryProto.Type()
            .integer(1, "count")
            .real(3, "share")
            .real(4, "narrow")
            .message(5, "inner", INNER);

    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("message.bin"), content);
    }

    /** The examples of the page "Encoding" of protobuf.dev: 150 in field 1, "testing" in field 2. */
    @Test
    void readsTheExamplesOfTheSpecification() throws IOException {
        Path file = file(HexFormat.of().parseHex("0896012a09120774657374696e67"));

        ObjectNode tree = BinaryProto.read(file, TYPE);

        assertThat(tree.at("/count/0").intValue()).isEqualTo(150);
        assertThat(tree.at("/inner/0/word/0").textValue()).isEqualTo("testing");
    }

    @Test
    void keepsRepeatedFieldsAndPassesOverUnknownOnes() throws IOException {
        Path file = file(new ProtoBytes()
                .text(99, "unknown")
                .real(3, 0.25)
                .single(4, 0.5f)
                .integer(1, 1)
                .integer(1, 300)
                .real(98, 7)
                .toBytes());

        ObjectNode tree = BinaryProto.read(file, TYPE);

        assertThat(tree.toString()).isEqualTo("{\"share\":[0.25],\"narrow\":[0.5],\"count\":[1,300]}");
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] whole = new ProtoBytes().text(2, "testing").toBytes();
        Path file = file(java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> BinaryProto.read(file, INNER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("message.bin is no message of protocol buffers");
    }

    @Test
    void readsRecordsAndTheirChecksums() throws IOException {
        Path file = file(
                ProtoBytes.records(new ProtoBytes().integer(1, 1), new ProtoBytes(), new ProtoBytes().integer(1, 2)));

        assertThat(BinaryProto.isRecords(file)).isTrue();
        List<ObjectNode> records = BinaryProto.records(file, TYPE);
        assertThat(records).hasSize(3);
        assertThat(records.get(2).at("/count/0").intValue()).isEqualTo(2);
    }

    @Test
    void refusesADamagedRecordByItsPlace() throws IOException {
        byte[] records = ProtoBytes.records(new ProtoBytes().integer(1, 1), new ProtoBytes().integer(1, 2));
        records[12 + 2 + 4 + 12] ^= 1;

        assertThatThrownBy(() -> BinaryProto.records(file(records), TYPE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the record at byte 18 is damaged");
        assertThatThrownBy(() -> BinaryProto.records(file(java.util.Arrays.copyOf(records, records.length - 3)), TYPE))
                .hasMessageContaining("the record at byte 18 is cut off");
        assertThat(BinaryProto.isRecords(file("no records at all".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isFalse();
    }
}
