package io.mlcicd.drift.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grows one tree level by level. */
final class TreeGrower {

    /** Gains below this share of the squared gradients are rounding. */
    private static final double ROUNDING = 1e-10;

    private final BinnedMatrix x;
    private final BoostedTrees.Options options;
    private final double[] gains;

    /** @param gains what each column has gained so far; is added to */
    TreeGrower(BinnedMatrix x, BoostedTrees.Options options, double[] gains) {
        this.x = x;
        this.options = options;
        this.gains = gains;
    }

    private record Node(int index, NodeRows rows, Histograms histograms) {}

    Tree grow(NodeRows all) {
        Tree tree = new Tree(options.depth());
        // A root that cannot be parted stays 0: the mean is known, and the draw of rows would only blur it.
        double leastGain = ROUNDING * all.squaredGradient();
        List<Node> level = List.of(new Node(0, all, Histograms.of(all, x)));
        for (int depth = 0; depth < options.depth(); depth++) {
            boolean last = depth == options.depth() - 1;
            List<Node> next = new ArrayList<>();
            for (Node node : level) {
                Optional<Split> split = node.histograms().best(node.rows(), options, leastGain);
                if (split.isPresent()) {
                    part(tree, node, split.get(), last, next);
                }
            }
            level = next;
        }
        return tree;
    }

    private void part(Tree tree, Node node, Split split, boolean last, List<Node> next) {
        gains[split.feature()] += split.gain();
        int child = tree.part(node.index(), split, x.upper(split.feature(), split.bin()));
        NodeRows left = node.rows().side(split, x, true);
        NodeRows right = node.rows().side(split, x, false);
        tree.setValue(child, value(left));
        tree.setValue(child + 1, value(right));
        if (last) {
            return;
        }
        // Only the smaller child is counted; the other's counts are what is left.
        boolean leftIsSmaller = left.size() < right.size();
        Histograms smaller = Histograms.of(leftIsSmaller ? left : right, x);
        Histograms larger = node.histograms().without(smaller);
        next.add(new Node(child, left, leftIsSmaller ? smaller : larger));
        next.add(new Node(child + 1, right, leftIsSmaller ? larger : smaller));
    }

    private double value(NodeRows rows) {
        double weight = rows.curvature() + options.l2();
        return weight > 0 ? -options.shrinkage() * rows.gradient() / weight : 0;
    }
}
