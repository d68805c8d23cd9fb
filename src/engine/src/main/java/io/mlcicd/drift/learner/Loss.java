package io.mlcicd.drift.learner;

/** What boosting makes small; each loss has its gradient and curvature by the raw score, and what a raw score means. */
enum Loss {

    /** Half the squared error; the raw score is the prediction. */
    SQUARED_ERROR {
        @Override
        double start(double mean, int rows) {
            return mean;
        }

        @Override
        double gradient(double target, double prediction) {
            return prediction - target;
        }

        @Override
        double curvature(double prediction) {
            return 1;
        }

        @Override
        double prediction(double raw) {
            return raw;
        }
    },

    /** The negative log likelihood of two classes; the raw score is the logarithm of the odds. */
    LOG_LOSS {
        @Override
        double start(double mean, int rows) {
            // Of one class alone the odds are infinite; half a row of the other keeps them finite.
            double least = 0.5 / (rows + 1);
            double share = Math.min(1 - least, Math.max(least, mean));
            return Math.log(share / (1 - share));
        }

        @Override
        double gradient(double target, double prediction) {
            return prediction - target;
        }

        @Override
        double curvature(double prediction) {
            return prediction * (1 - prediction);
        }

        @Override
        double prediction(double raw) {
            return 1 / (1 + Math.exp(-raw));
        }
    };

    /** The raw score before the first tree, from the mean of the targets. */
    abstract double start(double mean, int rows);

    abstract double gradient(double target, double prediction);

    abstract double curvature(double prediction);

    abstract double prediction(double raw);
}
