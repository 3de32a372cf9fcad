package org.ionstream.trainer.drift;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.surrogate.trust.InputHistograms;

/**
 * Population stability index: sum over bins of (p - q) ln(p / q), p and q the shares of the audits and of the model's own
 * protocols. Without drift its mean is about (bins - 1) / audits; above 0.25 people call a shift large.
 */
final class InputDrift {
    /** Share of an empty bin. */
    private static final double LEAST_SHARE = 0.005;

    private InputDrift() {}

    /**
     * @param own histograms of the model's own protocols
     * @param audits features by name, of each audit
     * @return by feature, of those that both have
     */
    static Map<String, Double> of(List<InputHistogram> own, List<Map<String, Double>> audits) {
        Map<String, Double> indices = new TreeMap<>();
        for (InputHistogram histogram : own) {
            double[] values = audits.stream()
                    .filter(audit -> audit.containsKey(histogram.getFeature()))
                    .mapToDouble(audit -> audit.get(histogram.getFeature()))
                    .toArray();
            if (values.length > 0) {
                indices.put(histogram.getFeature(), index(histogram, values));
            }
        }
        return indices;
    }

    private static double index(InputHistogram histogram, double[] values) {
        double[] edges =
                histogram.getEdges().stream().mapToDouble(Double::doubleValue).toArray();
        double[] shares = new double[edges.length + 1];
        for (double value : values) {
            shares[InputHistograms.bin(edges, value)] += 1.0 / values.length;
        }
        double sum = 0;
        for (int bin = 0; bin < Math.min(shares.length, histogram.getShares().size()); bin++) {
            double now = Math.max(shares[bin], LEAST_SHARE);
            double before = Math.max(histogram.getShares().get(bin), LEAST_SHARE);
            sum += (now - before) * Math.log(now / before);
        }
        return sum;
    }
}
