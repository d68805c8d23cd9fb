package io.mlcicd.packaging.pickle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The stack of a pickle's machine. */
final class PickleStack {

    private final List<Value> values = new ArrayList<>();
    private final int most;

    /** A stack that holds no more than {@code most} values. */
    PickleStack(int most) {
        this.most = most;
    }

    void push(Value value) throws IOException {
        if (values.size() >= most) {
            throw new PickleProblem("more than %d values are on its stack".formatted(most));
        }
        values.add(value);
    }

    Value pop() throws IOException {
        if (values.isEmpty()) {
            throw new PickleProblem("its stack is empty where a value is needed");
        }
        return values.remove(values.size() - 1);
    }

    Value top() throws IOException {
        if (values.isEmpty()) {
            throw new PickleProblem("its stack is empty where a value is needed");
        }
        return values.get(values.size() - 1);
    }

    /** So many values, the lowest first. */
    List<Value> pop(int count) throws IOException {
        if (values.size() < count) {
            throw new PickleProblem("its stack holds fewer values than are needed");
        }
        List<Value> taken = values.subList(values.size() - count, values.size());
        List<Value> result = List.copyOf(taken);
        taken.clear();
        return result;
    }

    /** Everything above the last mark, the lowest first, and the mark. */
    List<Value> popToMark() throws IOException {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i) == Value.MARK) {
                List<Value> taken = values.subList(i + 1, values.size());
                List<Value> result = List.copyOf(taken);
                values.subList(i, values.size()).clear();
                return result;
            }
        }
        throw new PickleProblem("its stack has no mark where one is needed");
    }
}
