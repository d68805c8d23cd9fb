package io.mlcicd.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    Path folder;

    @Test
    void aFolderGoesWithAllThatIsInItButNotWhatItsLinksLeadTo() throws Exception {
        Path kept = Files.writeString(folder.resolve("kept"), "kept");
        Path removed = Files.createDirectories(folder.resolve("removed/a/b")).getParent();
        Files.writeString(removed.resolve("file"), "gone");
        Files.createSymbolicLink(removed.resolve("link"), kept);
        Files.createSymbolicLink(removed.resolve("folder"), folder);
        Folders.remove(removed.getParent());
        assertThat(folder.resolve("removed")).doesNotExist();
        assertThat(kept).hasContent("kept");
    }

    @Test
    void aLinkGoesAndWhatItLeadsToStays() throws Exception {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), kept);
        Folders.remove(link);
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(kept).isDirectory();
    }

    @Test
    void whatIsGoneAlreadyIsNoFault() throws Exception {
        Folders.remove(folder.resolve("never"));
    }

    @Test
    void severalMayRemoveTheSameAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int round = 0; round < 20; round++) {
            Path shared = Files.createDirectory(folder.resolve("shared" + round));
            for (int i = 0; i < 50; i++) {
                Files.createFile(Files.createDirectory(shared.resolve("f" + i)).resolve("file"));
            }
            List<Future<Object>> removing = List.of(1, 2, 3, 4).stream()
                    .map(i -> threads.submit(() -> {
                        Folders.remove(shared);
                        return null;
                    }))
                    .toList();
            for (Future<Object> one : removing) {
                one.get();
            }
            assertThat(shared).doesNotExist();
        }
        threads.shutdown();
    }
}
