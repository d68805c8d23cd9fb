package io.mlcicd.packaging.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.packaging.pickle.PickleFinding.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pickles were written by CPython 3.11, NumPy 2, scikit-learn 1.9 and joblib 1.6, the attacks partly by hand. */
class PickleFilesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sklearn-protocol2.pkl",
                "sklearn-protocol5.pkl",
                "sklearn.joblib",
                "forest-zlib.joblib",
                "sklearn-gzip.joblib",
                "sklearn-bz2.joblib",
                "pandas.pkl",
                "plain.pkl",
                "plain-protocol0.pkl",
                "torch-state.pt",
            })
    void modelsOfTheCommonLibrariesAreHarmless(String name) throws Exception {
        PickleScan scan = scan(name);

        assertThat(scan.findings()).isEmpty();
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.pickles()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "evil-protocol0.pkl, evil-protocol0.pkl, posix.system, 0",
        "evil-protocol5.pkl, evil-protocol5.pkl, posix.system, 33",
        "evil-nested.pkl, evil-nested.pkl, _pickle.loads, 41",
        "evil-builtins.pkl, evil-builtins.pkl, __builtin__.eval, 2",
        "evil-getattr.pkl, evil-getattr.pkl, builtins.getattr, 2",
        "evil-memoized.pkl, evil-memoized.pkl, os.system, 26",
        "evil-computed.pkl, evil-computed.pkl, what is computed while it is loaded, 40",
        "evil-escaped.pkl, evil-escaped.pkl, os.system, 25",
        "evil-inst.pkl, evil-inst.pkl, os.system, 9",
        "evil-obj.pkl, evil-obj.pkl, os.system, 1",
        "evil-extension.pkl, evil-extension.pkl, copyreg.extension 7, 2",
        "evil-truncated.pkl, evil-truncated.pkl, os.system, 0",
        "evil-dotted.pkl, evil-dotted.pkl, sklearn.base.warnings.sys.modules, 38",
        "evil.npz, evil.npz!bad.npy, posix.system, ",
        "torch-evil.pt, torch-evil.pt!archive/data.pkl, posix.system, 2",
        "evil-second.pkl, evil-second.pkl, posix.system, ",
        "evil-object-array.joblib, evil-object-array.joblib, posix.system, ",
    })
    void attacksAreFoundWhereTheyAre(String name, String file, String what, Long offset) throws Exception {
        List<PickleFinding> unsafe = scan(name).of(Level.UNSAFE);

        assertThat(unsafe).hasSize(1);
        assertThat(unsafe.get(0).file()).isEqualTo(file);
        assertThat(unsafe.get(0).what()).isEqualTo(what);
        if (offset != null) {
            assertThat(unsafe.get(0).offset()).isEqualTo(offset);
        }
    }

    @Test
    void whatFollowsAnObjectArrayIsReadOn() throws Exception {
        PickleScan scan = scan("evil-object-array.joblib");

        assertThat(scan.problems())
                .as("the arrays of numbers and texts behind it are passed over")
                .isEmpty();
    }

    @Test
    void theProjectsOwnClassIsUnknownUntilItIsAllowed() throws Exception {
        assertThat(scan("custom.pkl").findings())
                .extracting(PickleFinding::what, PickleFinding::level)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("features.Scaler", Level.UNKNOWN));
        assertThat(scan("custom.pkl", "features.Scaler").findings()).isEmpty();
        assertThat(scan("custom.pkl", "features.*").findings()).isEmpty();
        assertThat(scan("custom.pkl", "feature.*", "features.Scale").findings()).hasSize(1);
    }

    @Test
    void evenWhatIsRefusedCanBeAllowedByName() throws Exception {
        assertThat(scan("evil-protocol0.pkl", "posix.system").findings()).isEmpty();
    }

    @Test
    void aTruncatedPickleIsAProblemNotAnError() throws Exception {
        PickleScan scan = scan("truncated.pkl");

        assertThat(scan.findings()).isEmpty();
        assertThat(scan.problems()).singleElement().asString().contains("truncated.pkl cannot be followed to its end");
    }

    @Test
    void whatCannotBeDecompressedIsSaid() throws Exception {
        assertThat(scan("sklearn-xz.joblib").problems())
                .containsExactly(
                        "sklearn-xz.joblib is compressed with xz, which cannot be looked into; use zlib or gzip");
    }

    @Test
    void anAttackWithinCompressionWithinAnArchiveIsFound() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(resource("torch-evil.pt")));
        }
        Files.write(temp.resolve("model.bin"), packed.toByteArray());

        assertThat(scanFile("model.bin").of(Level.UNSAFE))
                .extracting(PickleFinding::file)
                .containsExactly("model.bin!archive/data.pkl");
    }

    @Test
    void anAttackUnderAnyNameThatEndsInRubbishIsFound() throws Exception {
        Files.writeString(temp.resolve("weights.dat"), "cposix\nsystem\n(S'true'\ntR!!! no pickle any more");

        assertThat(scanFile("weights.dat").of(Level.UNSAFE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N",
                "catboost\nnumpy\npandas==2.0\n",
                "import os\nos.system('true')\n",
                "(a, b)\n",
                "class,feature\n1,2\n",
                "{\"a\": 1}",
                "I am a text.\n"
            })
    void textsAreNoPickles(String text) throws Exception {
        Files.writeString(temp.resolve("notes.txt"), text);

        assertThat(scanFile("notes.txt")).isEqualTo(PickleScan.NONE);
    }

    @Test
    void anArrayOfNumbersHoldsNoPickle() throws Exception {
        assertThat(scan("numbers.npy")).isEqualTo(PickleScan.NONE);
    }

    @Test
    void aLengthBeyondAllFilesIsAProblem() throws Exception {
        byte[] huge = "\u0080\u0004\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f"
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(temp.resolve("m.pkl"), huge);

        assertThat(scanFile("m.pkl").problems()).singleElement().asString().contains("m.pkl cannot be followed");
    }

    @Test
    void aStackThatIsEmptyIsAProblem() throws Exception {
        Files.writeString(temp.resolve("m.pkl"), "R.");

        assertThat(scanFile("m.pkl").problems()).hasSize(1);
    }

    @Test
    void thePickleTellsItsLibrary() throws Exception {
        PickleFiles files = new PickleFiles(List.of());
        files.look("m.joblib", resource("forest-zlib.joblib"));

        PickleFacts facts = files.facts().get(0);
        assertThat(facts.packages()).containsAll(Set.of("sklearn", "numpy", "joblib"));
        assertThat(facts.libraryVersion())
                .hasValueSatisfying(version -> assertThat(version).startsWith("1."));
        assertThat(facts.features()).hasValue(2);
    }

    @Test
    void interruptionEndsTheLook() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> scan("plain.pkl")).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            Thread.interrupted();
        }
    }

    private PickleScan scanFile(String name) throws IOException {
        PickleFiles files = new PickleFiles(List.of());
        files.look(name, temp.resolve(name));
        return files.scan();
    }

    private static PickleScan scan(String name, String... allowed) throws Exception {
        PickleFiles files = new PickleFiles(List.of(allowed));
        files.look(name, resource(name));
        return files.scan();
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PickleFilesTest.class
                .getResource("/io/mlcicd/packaging/pickle/" + name)
                .toURI());
    }
}
