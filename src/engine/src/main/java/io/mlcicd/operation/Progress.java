package io.mlcicd.operation;

/** Told by an operation how far it is; implementations must return quickly and be safe to call from any thread. */
public interface Progress {

    /** Hears nothing. */
    Progress NONE = new Progress() {
        @Override
        public void step(String what, double fraction) {}

        @Override
        public void line(String text) {}
    };

    /**
     * The operation is at {@code what}, in the present participle ("reading data/train.csv").
     *
     * @param fraction the share of the whole operation that is done, 0 to 1; NaN when it cannot be known
     */
    void step(String what, double fraction);

    /** A line worth keeping in a log, such as a line of output of a program the operation started. */
    void line(String text);
}
