package io.mlcicd.packaging.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks through a pickle as Python's unpickler would (PEP 307, PEP 3154, PEP 574 and pickletools of CPython 3.13,
 * protocols 0 to 5), but imports and calls nothing: it keeps the stack and the memo, so that an import by names that
 * come out of the memo is seen, too.
 */
final class PickleMachine {

    private static final int NEWEST_PROTOCOL = 5;
    private static final int MOST_ON_STACK = 1 << 20;
    private static final int MOST_MEMOIZED = 1 << 22;
    private static final long LAST_PLACE = 1 << 27;

    private final PickleInput in;
    private final PickleListener listener;
    private final PickleStack stack = new PickleStack(MOST_ON_STACK);
    private final Map<Long, Value> memo = new HashMap<>();

    /** Places of the memo that are taken; nearly all of them hold nothing that matters. */
    private final BitSet taken = new BitSet();

    private long places;

    PickleMachine(PickleInput in, PickleListener listener) {
        this.in = in;
        this.listener = listener;
    }

    /**
     * Walks up to the pickle's STOP.
     *
     * @throws IOException when the bytes are no pickle, or it ends too early; what was met until then has been told
     */
    void run() throws IOException {
        while (true) {
            long at = in.position();
            int opcode = in.octet();
            if (opcode == '.') {
                stack.pop();
                return;
            }
            if (!constant(opcode) && !container(opcode) && !memoized(opcode) && !imports(opcode, at)) {
                throw new PickleProblem("byte %d is no opcode: 0x%02x".formatted(at, opcode));
            }
        }
    }

    private boolean constant(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(in.octet());
            case 0x95 -> in.whole(8);
            case 'N' -> stack.push(Value.UNKNOWN);
            case 0x88 -> stack.push(new Value.Truth(true));
            case 0x89 -> stack.push(new Value.Truth(false));
            case 'I', 'L' -> stack.push(decimal(in.line()));
            case 'F' -> {
                in.line();
                stack.push(Value.UNKNOWN);
            }
            case 'K' -> stack.push(new Value.Whole(in.octet()));
            case 'M' -> stack.push(new Value.Whole(in.whole(2)));
            case 'J' -> stack.push(new Value.Whole((int) in.whole(4)));
            case 0x8a -> large(in.octet());
            case 0x8b -> large(in.whole(4));
            case 'G' -> data(8);
            case 'S' -> stack.push(new Value.Text(PickleText.unquoted(in.line())));
            case 'V' -> stack.push(new Value.Text(PickleText.unescaped(in.line())));
            case 'T' -> stack.push(in.text(in.whole(4), StandardCharsets.ISO_8859_1));
            case 'U' -> stack.push(in.text(in.octet(), StandardCharsets.ISO_8859_1));
            case 'X' -> stack.push(in.text(in.whole(4), StandardCharsets.UTF_8));
            case 0x8c -> stack.push(in.text(in.octet(), StandardCharsets.UTF_8));
            case 0x8d -> stack.push(in.text(in.whole(8), StandardCharsets.UTF_8));
            case 'B' -> data(in.whole(4));
            case 'C' -> data(in.octet());
            case 0x8e, 0x96 -> data(in.whole(8));
            case 0x97 -> stack.push(Value.UNKNOWN);
            case 0x98 -> stack.top();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void protocol(int version) throws IOException {
        if (version > NEWEST_PROTOCOL) {
            throw new PickleProblem("protocol %d is not known; 0 to %d are".formatted(version, NEWEST_PROTOCOL));
        }
    }

    private void data(long bytes) throws IOException {
        in.skip(bytes);
        stack.push(Value.UNKNOWN);
    }

    private void large(long bytes) throws IOException {
        if (bytes >= 0 && bytes <= 7) {
            long value = in.whole((int) bytes);
            int unused = 64 - 8 * (int) bytes;
            stack.push(new Value.Whole(bytes == 0 ? 0 : value << unused >> unused));
        } else {
            data(bytes);
        }
    }

    private static Value decimal(String line) {
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        try {
            return new Value.Whole(Long.parseLong(digits.strip()));
        } catch (NumberFormatException e) {
            return Value.UNKNOWN;
        }
    }

    private boolean container(int opcode) throws IOException {
        switch (opcode) {
            case '(' -> stack.push(Value.MARK);
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case ')' -> stack.push(new Value.Tuple(List.of()));
            case 't' -> stack.push(new Value.Tuple(stack.popToMark()));
            case 0x85 -> stack.push(new Value.Tuple(stack.pop(1)));
            case 0x86 -> stack.push(new Value.Tuple(stack.pop(2)));
            case 0x87 -> stack.push(new Value.Tuple(stack.pop(3)));
            case ']', '}', 0x8f -> stack.push(Value.UNKNOWN);
            case 'l', 0x91 -> {
                stack.popToMark();
                stack.push(Value.UNKNOWN);
            }
            case 'd' -> {
                pairs(stack.popToMark());
                stack.push(Value.UNKNOWN);
            }
            case 'a' -> stack.pop();
            case 'e', 0x90 -> stack.popToMark();
            case 's' -> pairs(stack.pop(2));
            case 'u' -> pairs(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void pairs(List<Value> items) {
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (items.get(i) instanceof Value.Text key) {
                listener.entry(key.value(), items.get(i + 1));
            }
        }
    }

    private boolean memoized(int opcode) throws IOException {
        switch (opcode) {
            case 'p' -> memoize(index(in.line()));
            case 'q' -> memoize(in.octet());
            case 'r' -> memoize(in.whole(4));
            case 0x94 -> memoize(places);
            case 'g' -> stack.push(recall(index(in.line())));
            case 'h' -> stack.push(recall(in.octet()));
            case 'j' -> stack.push(recall(in.whole(4)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long index(String line) throws IOException {
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new PickleProblem("'%s' is no place in the memo".formatted(line.length() > 20 ? "..." : line));
        }
    }

    private void memoize(long index) throws IOException {
        if (memo.size() >= MOST_MEMOIZED || index < 0 || index > LAST_PLACE) {
            throw new PickleProblem("its memo has more places than can be followed");
        }
        if (!taken.get((int) index)) {
            taken.set((int) index);
            places++;
        }
        if (stack.top() == Value.UNKNOWN) {
            memo.remove(index);
        } else {
            memo.put(index, stack.top());
        }
    }

    private Value recall(long index) throws IOException {
        if (index < 0 || index > LAST_PLACE || !taken.get((int) index)) {
            throw new PickleProblem("there is nothing in place %d of the memo".formatted(index));
        }
        return memo.getOrDefault(index, Value.UNKNOWN);
    }

    private boolean imports(int opcode, long at) throws IOException {
        switch (opcode) {
            case 'c' -> stack.push(imported(in.line(), in.line(), at));
            case 0x93 -> {
                List<Value> names = stack.pop(2);
                stack.push(imported(names.get(0), names.get(1), at));
            }
            case 'i' -> {
                Value.Global member = imported(in.line(), in.line(), at);
                call(member, new Value.Tuple(stack.popToMark()));
            }
            case 'o' -> {
                List<Value> items = new ArrayList<>(stack.popToMark());
                Value member = items.isEmpty() ? Value.UNKNOWN : items.remove(0);
                call(member, new Value.Tuple(items));
            }
            case 'R', 0x81 -> {
                List<Value> call = stack.pop(2);
                call(call.get(0), call.get(1));
            }
            case 0x92 -> call(stack.pop(3).get(0), Value.UNKNOWN);
            case 'b' -> {
                stack.pop();
                listener.built(stack.top(), in);
            }
            case 0x82 -> extension(in.octet(), at);
            case 0x83 -> extension(in.whole(2), at);
            case 0x84 -> extension(in.whole(4), at);
            case 'P' -> {
                in.line();
                stack.push(Value.UNKNOWN);
            }
            case 'Q' -> {
                stack.pop();
                stack.push(Value.UNKNOWN);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void call(Value member, Value arguments) throws IOException {
        if (member instanceof Value.Global global) {
            stack.push(new Value.Called(global, arguments));
        } else {
            stack.push(Value.UNKNOWN);
        }
    }

    private void extension(long code, long at) throws IOException {
        listener.imported(new PickleImport("copyreg", "extension " + code, at));
        stack.push(Value.UNKNOWN);
    }

    private Value imported(Value module, Value name, long at) throws IOException {
        if (module instanceof Value.Text first && name instanceof Value.Text second) {
            return imported(first.value(), second.value(), at);
        }
        // Names that only a call would tell are there to be hidden.
        listener.imported(new PickleImport("?", "?", at));
        return Value.UNKNOWN;
    }

    private Value.Global imported(String module, String name, long at) throws IOException {
        listener.imported(new PickleImport(module, name, at));
        return new Value.Global(module, name);
    }
}
