package io.mlcicd.contract.rule;

/** How a measured number is shown to people. */
public enum Unit {
    /** In the column's own unit, or without any. */
    NUMBER {
        @Override
        public String told(double value) {
            return Wording.number(value);
        }
    },
    /** A whole number of things. */
    COUNT {
        @Override
        public String told(double value) {
            return Wording.number((long) value);
        }
    },
    /** A share, 0 to 1. */
    SHARE {
        @Override
        public String told(double value) {
            return Wording.percent(value);
        }
    },
    /** A time span in seconds. */
    SECONDS {
        @Override
        public String told(double value) {
            return Wording.span(value);
        }
    };

    /** The number with its unit. */
    public abstract String told(double value);
}
