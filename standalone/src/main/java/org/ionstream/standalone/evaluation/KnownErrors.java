package org.ionstream.standalone.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.ionstream.trainer.score.PublishedErrors;

/** What is known of the paper's networks beside a figure of ours. */
final class KnownErrors {
    /** The paper's two sizes of network, the smaller one last. */
    static final List<String> KINDS = List.of("unconstrained", "constrained");

    private KnownErrors() {}

    /** Of the networks of a kind the first it is known of, the mean over seeds before one run; null if it is known of none. */
    static Double ofKind(ModelReport model, String kind, Function<PublishedErrors, Double> figure) {
        return model.published().stream()
                .filter(paper -> paper.network().startsWith(kind))
                .map(figure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Of the smallest network that it is known of; null if it is known of none. */
    static Double smallest(ModelReport model, Function<PublishedErrors, Double> figure) {
        return model.published().stream()
                .map(figure)
                .filter(Objects::nonNull)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
