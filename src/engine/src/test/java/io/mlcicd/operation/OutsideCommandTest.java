package io.mlcicd.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs real programs through the shell. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class OutsideCommandTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @Test
    void itsLinesAreHeardInOrderWithThoseOfStandardError() throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();

        OutsideCommand.Ending ending =
                shell("echo one; echo two >&2; echo three; exit 3").run(heard::add);

        assertThat(ending.exitCode()).isEqualTo(3);
        assertThat(heard).containsExactly("one", "two", "three");
        assertThat(ending.lastLines()).isEqualTo(heard);
    }

    @Test
    void onlyTheLastLinesAreKept() throws InterruptedException {
        OutsideCommand.Ending ending =
                shell("for i in $(seq 1 100); do echo $i; done").run(line -> {});

        assertThat(ending.lastLines()).hasSize(20).startsWith("81").endsWith("100");
    }

    @Test
    void itRunsInItsFolderWithItsVariables() throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();

        new OutsideCommand(
                        List.of("sh", "-c", "basename \"$PWD\"; echo $GREETING"),
                        folder,
                        Map.of("GREETING", "hi"),
                        LONG)
                .run(heard::add);

        assertThat(heard).containsExactly(folder.getFileName().toString(), "hi");
    }

    @Test
    void aMissingProgramIsUnusableInput() {
        OutsideCommand command = new OutsideCommand(List.of("no-such-program"), folder, Map.of(), LONG);

        assertThatThrownBy(() -> command.run(line -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot run 'no-such-program'");
    }

    @Test
    void whatTakesTooLongIsStoppedWithItsChildren() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        OutsideCommand command = new OutsideCommand(
                List.of("sh", "-c", "sleep 600 & echo $!; wait"), folder, Map.of(), Duration.ofMillis(700));

        assertThatThrownBy(() -> command.run(heard::add))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("took longer than");

        assertThat(ends(child(heard))).isTrue();
    }

    @Test
    void anInterruptionStopsItWithItsChildren() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread runner = new Thread(() -> {
            try {
                shell("sleep 600 & echo $!; wait").run(heard::add);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        runner.start();
        ProcessHandle child = child(heard);
        assertThat(child.isAlive()).isTrue();

        runner.interrupt();
        runner.join();

        assertThat(interrupted).isTrue();
        assertThat(ends(child)).isTrue();
    }

    @Test
    void aListenerThatFailsIsToldAndStopsTheProgram() throws Exception {
        Path proof = folder.resolve("went-on");

        assertThatThrownBy(() -> shell("echo first; sleep 20; touch went-on").run(line -> {
                    throw new IllegalStateException("the listener is gone");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the listener is gone");

        assertThat(Files.exists(proof)).isFalse();
    }

    private OutsideCommand shell(String script) {
        return new OutsideCommand(List.of("sh", "-c", script), folder, Map.of(), LONG);
    }

    private static ProcessHandle child(BlockingQueue<String> heard) throws InterruptedException {
        return ProcessHandle.of(Long.parseLong(heard.poll(20, TimeUnit.SECONDS)))
                .orElseGet(ProcessHandle::current);
    }

    private static boolean ends(ProcessHandle process) throws Exception {
        if (process.equals(ProcessHandle.current())) {
            return true;
        }
        return process.onExit().get(20, TimeUnit.SECONDS) != null;
    }
}
