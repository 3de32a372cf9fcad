package org.ionstream.producer.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.ionstream.producer.CatalogueProtocol;
import org.ionstream.producer.ProtocolDistribution;
import org.ionstream.producer.ProtocolSource;
import org.ionstream.producer.RunIds;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * The stimulus protocols of the FNO paper (arXiv 2505.14039, tables 6, 9 and 11): as the data sets of the paper, scaled to
 * another size, or without end.
 *
 * <p>Random numbers come from {@link SplittableRandom}, one stream per set and subset, all split from the seed. So training,
 * validation, test and endless protocols of one seed differ from one another, and a smaller set is contained, ids included,
 * in a larger one of the same seed. Immutable, thread-safe.
 *
 * @param cellModel of the protocols
 * @param subsets in file order
 */
public record PaperDistribution(CellModel cellModel, List<Subset> subsets) implements ProtocolDistribution {
    /** Each has its own random numbers; the order is part of what a seed means. */
    private enum Draw {
        TRAINING,
        VALIDATION,
        TEST,
        ENDLESS
    }

    public PaperDistribution {
        subsets = List.copyOf(subsets);
    }

    /** @throws IllegalArgumentException if the paper has no data set of this cell model */
    public static PaperDistribution of(CellModel cellModel) {
        return new PaperDistribution(cellModel, PaperTables.of(cellModel));
    }

    /** Protocols in the paper's training set. */
    public int trainingCount() {
        return total(Subset::trainingCount);
    }

    /** Protocols in each of the paper's validation and test set. */
    public int heldOutCount() {
        return total(Subset::heldOutCount);
    }

    /** The training set of the paper's size, 3000 protocols in file order. */
    public List<StimulusProtocol> training(long seed) {
        return training(seed, trainingCount());
    }

    /** So many protocols in the proportions of the training set. */
    public List<StimulusProtocol> training(long seed, int count) {
        return set(Draw.TRAINING, seed, Subset::trainingCount, count);
    }

    /** So many training protocols in the proportions of the validation and test sets, not in those of the training set. */
    public List<StimulusProtocol> trainingAsHeldOut(long seed, int count) {
        return set(Draw.TRAINING, seed, Subset::heldOutCount, count);
    }

    /** The validation set of the paper's size, 375 protocols in file order. */
    public List<StimulusProtocol> validation(long seed) {
        return validation(seed, heldOutCount());
    }

    public List<StimulusProtocol> validation(long seed, int count) {
        return set(Draw.VALIDATION, seed, Subset::heldOutCount, count);
    }

    /** The test set of the paper's size, 375 protocols in file order. */
    public List<StimulusProtocol> test(long seed) {
        return test(seed, heldOutCount());
    }

    public List<StimulusProtocol> test(long seed, int count) {
        return set(Draw.TEST, seed, Subset::heldOutCount, count);
    }

    /** Each subset as likely as it is frequent in the training set. */
    @Override
    public ProtocolSource endless(long seed, String runPrefix) {
        SplittableRandom random = stream(Draw.ENDLESS, seed);
        RunIds ids = new RunIds(runPrefix, random.split());
        return ProtocolSource.endless(() -> {
            Subset subset = anySubset(random);
            return CatalogueProtocol.of(cellModel, ids.next(), subset.name(), subset.draw(random));
        });
    }

    private List<StimulusProtocol> set(Draw draw, long seed, ToIntFunction<Subset> size, int count) {
        int[] counts = Apportionment.of(subsets.stream().map(size::applyAsInt).toList(), count);
        SplittableRandom random = stream(draw, seed);
        String set = draw.name().toLowerCase(Locale.ROOT);
        List<StimulusProtocol> protocols = new ArrayList<>(count);
        for (int row = 0; row < counts.length; row++) {
            Subset subset = subsets.get(row);
            SplittableRandom rowRandom = random.split();
            for (int i = 0; i < counts[row]; i++) {
                String id = "%s-%s-%d-%s-%d".formatted(cellModel.id(), set, seed, subset.name(), i);
                protocols.add(CatalogueProtocol.of(cellModel, id, subset.name(), subset.draw(rowRandom)));
            }
        }
        return protocols;
    }

    private Subset anySubset(RandomGenerator random) {
        int place = random.nextInt(trainingCount());
        int row = 0;
        while (place >= subsets.get(row).trainingCount()) {
            place -= subsets.get(row).trainingCount();
            row++;
        }
        return subsets.get(row);
    }

    private int total(ToIntFunction<Subset> size) {
        return subsets.stream().mapToInt(size).sum();
    }

    private static SplittableRandom stream(Draw draw, long seed) {
        SplittableRandom seeded = new SplittableRandom(seed);
        for (int i = 0; i < draw.ordinal(); i++) {
            seeded.split();
        }
        return seeded.split();
    }
}
