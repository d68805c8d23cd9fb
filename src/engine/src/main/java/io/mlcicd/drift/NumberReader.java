package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.Plan.Planned;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Reads numeric columns of the sides that are data, some at a time, so that memory stays bounded; while some are read,
 * those before them are sorted and compared.
 */
final class NumberReader {

    /** A column's values on the sides that are data. */
    interface Work {
        Comparison compare(Planned column, Optional<OrderedNumbers> reference, Optional<OrderedNumbers> current)
                throws InterruptedException;
    }

    /** How many numbers are held at a time by each of two blocks. */
    private static final long MOST_IN_BLOCK = 16_000_000;

    private static final long LEAST_IN_BLOCK = 1_000_000;

    /** A block is this part of the heap's bytes, in numbers of eight bytes. */
    private static final long PART_OF_HEAP = 64;

    private static final int MOST_COLUMNS = 200;

    private final DataEngine engine;
    private final Optional<RawSide> reference;
    private final Optional<RawSide> current;
    private final long referenceRows;
    private final long currentRows;
    private final long inBlock;

    NumberReader(DataEngine engine, Side reference, Side current, long referenceRows, long currentRows, long inBlock) {
        this.engine = engine;
        this.reference = raw(reference);
        this.current = raw(current);
        this.referenceRows = this.reference.isPresent() ? referenceRows : 0;
        this.currentRows = this.current.isPresent() ? currentRows : 0;
        this.inBlock = inBlock;
    }

    /** How many numbers a block may hold in this process. */
    static long blockOfProcess() {
        long part = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        return Math.max(LEAST_IN_BLOCK, Math.min(MOST_IN_BLOCK, part));
    }

    /** The side, if it is data. */
    static Optional<RawSide> raw(Side side) {
        return side instanceof RawSide data ? Optional.of(data) : Optional.empty();
    }

    /** What the work makes of each column, in their order. */
    List<Comparison> read(List<Planned> columns, Work work) throws InterruptedException {
        long ofColumn = referenceRows + currentRows;
        List<Comparison> comparisons = new ArrayList<>();
        if (ofColumn > inBlock * 3 / 2 || ofColumn == 0) {
            for (Planned column : columns) {
                comparisons.add(work.compare(
                        column, streamed(reference, column.reference()), streamed(current, column.current())));
            }
            return comparisons;
        }
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "drift of numeric columns");
            thread.setDaemon(true);
            return thread;
        });
        try (Blocks blocks = new Blocks(workers, threads, work)) {
            int width = (int) Math.max(1, Math.min(MOST_COLUMNS, inBlock / ofColumn));
            for (int first = 0; first < columns.size(); first += width) {
                blocks.add(columns.subList(first, Math.min(columns.size(), first + width)));
            }
            return blocks.all();
        }
    }

    private Optional<OrderedNumbers> streamed(Optional<RawSide> side, Column column) throws InterruptedException {
        return side.isPresent()
                ? Optional.of(StreamedNumbers.of(engine, side.get().relation(), column))
                : Optional.empty();
    }

    /** Up to two blocks of columns: one that is being read, one that is being compared. */
    private final class Blocks implements AutoCloseable {

        private final ExecutorService workers;
        private final Work work;
        private final BlockingQueue<long[]> spares;
        private final List<Comparison> done = new ArrayList<>();
        private List<Future<Comparison>> running = List.of();
        private Block next = new Block();
        private Block other = new Block();

        Blocks(ExecutorService workers, int threads, Work work) {
            this.workers = workers;
            this.work = work;
            spares = new ArrayBlockingQueue<>(threads);
            for (int i = 0; i < threads; i++) {
                spares.add(new long[0]);
            }
        }

        void add(List<Planned> columns) throws InterruptedException {
            boolean alone = (referenceRows + currentRows) * columns.size() > inBlock;
            if (alone) {
                await();
                other = new Block();
            }
            Block block = next;
            block.read(columns);
            await();
            List<Future<Comparison>> started = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                int place = i;
                started.add(workers.submit(() -> compare(block, columns.get(place), place)));
            }
            running = started;
            if (alone) {
                await();
            } else {
                next = other;
                other = block;
            }
        }

        private Comparison compare(Block block, Planned column, int place) throws InterruptedException {
            long[] spare = spares.take();
            try {
                long most = Math.max(referenceRows, currentRows);
                spare = spare.length < most ? new long[(int) most] : spare;
                Optional<OrderedNumbers> before = sorted(reference, block.reference, place, spare);
                Optional<OrderedNumbers> now = sorted(current, block.current, place, spare);
                return work.compare(column, before, now);
            } finally {
                spares.add(spare);
            }
        }

        private Optional<OrderedNumbers> sorted(Optional<RawSide> side, Keys keys, int place, long[] spare) {
            return side.map(data -> keys.sorted(place, spare));
        }

        private void await() throws InterruptedException {
            for (Future<Comparison> each : running) {
                try {
                    done.add(each.get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
            running = List.of();
        }

        List<Comparison> all() throws InterruptedException {
            await();
            return List.copyOf(done);
        }

        @Override
        public void close() {
            workers.shutdownNow();
        }
    }

    /** Columns of both sides. */
    private final class Block {
        private final Keys reference = new Keys();
        private final Keys current = new Keys();

        void read(List<Planned> columns) throws InterruptedException {
            read(NumberReader.this.reference, reference, columns, Planned::reference, referenceRows);
            read(NumberReader.this.current, current, columns, Planned::current, currentRows);
        }

        private void read(
                Optional<RawSide> side, Keys keys, List<Planned> columns, Function<Planned, Column> column, long rows)
                throws InterruptedException {
            if (side.isPresent()) {
                keys.clear(columns.size(), (int) rows);
                side.get().numbers(columns.stream().map(column).toList(), keys::add);
            }
        }
    }

    /** Columns of one side; their arrays are used again and again. */
    private static final class Keys {
        private long[][] keys = new long[0][];
        private int[] counts = new int[0];

        void clear(int columns, int rows) {
            if (keys.length < columns) {
                keys = Arrays.copyOf(keys, columns);
            }
            for (int i = 0; i < columns; i++) {
                keys[i] = keys[i] == null || keys[i].length < rows ? new long[rows] : keys[i];
            }
            counts = new int[columns];
        }

        void add(double[] row) {
            for (int i = 0; i < row.length; i++) {
                double value = row[i];
                if (!Double.isNaN(value)) {
                    if (counts[i] == keys[i].length) {
                        throw new InvalidInputException(
                                "the data grew while they were read; compare them when they rest");
                    }
                    keys[i][counts[i]++] = RadixSort.key(value);
                }
            }
        }

        OrderedNumbers sorted(int place, long[] spare) {
            RadixSort.sort(keys[place], counts[place], spare);
            return new SortedNumbers(keys[place], counts[place]);
        }
    }
}
