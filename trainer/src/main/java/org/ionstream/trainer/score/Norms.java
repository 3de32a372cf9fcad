package org.ionstream.trainer.score;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Relative errors in three norms over many protocols.
 *
 * @param relativeL1 sums of absolute values
 * @param relativeL2 roots of sums of squares
 * @param relativeH1 with the paper's weights 1 + k^2 of the frequencies
 */
public record Norms(Distribution relativeL1, Distribution relativeL2, Distribution relativeH1) {

    /** The paper's, over all variables. */
    public static Norms ofPaper(List<PaperError> errors) {
        return of(errors, PaperError::relativeL1, PaperError::relativeL2, PaperError::relativeH1);
    }

    /** The paper's, of one variable. */
    public static Norms ofPaper(List<PaperError> errors, int variable) {
        return of(
                errors,
                error -> error.relativeL1PerVariable()[variable],
                error -> error.relativeL2PerVariable()[variable],
                error -> error.relativeH1PerVariable()[variable]);
    }

    /** In physical units, means over the variables that moved; null if none ever did. */
    public static Norms ofPhysical(List<PhysicalError> errors) {
        return of(
                errors,
                error -> PhysicalError.meanOverMoved(error.relativeL1()),
                error -> PhysicalError.meanOverMoved(error.relativeL2()),
                error -> PhysicalError.meanOverMoved(error.relativeH1()));
    }

    /** In physical units, of one variable, where it moved; null if it never did. */
    public static Norms ofPhysical(List<PhysicalError> errors, int variable) {
        return of(
                errors,
                error -> error.relativeL1()[variable],
                error -> error.relativeL2()[variable],
                error -> error.relativeH1()[variable]);
    }

    private static <E> Norms of(
            List<E> errors, ToDoubleFunction<E> l1, ToDoubleFunction<E> l2, ToDoubleFunction<E> h1) {
        return Distribution.of(errors.stream().mapToDouble(l1))
                .map(relativeL1 -> new Norms(
                        relativeL1,
                        Distribution.of(errors.stream().mapToDouble(l2)).orElseThrow(),
                        Distribution.of(errors.stream().mapToDouble(h1)).orElseThrow()))
                .orElse(null);
    }
}
