package org.ionstream.trainer.data;

import java.util.Locale;
import java.util.Map;
import org.ionstream.schemas.cell.CellModels;

/**
 * The paper's validation and test sets of seed 1, 375 protocols each, do not change any more: scores of different days are
 * compared on them. Here are the hashes of their protocols ({@link ProtocolHash}).
 */
final class FrozenSets {
    private static final long SEED = 1;
    private static final int COUNT = 375;

    /** The hashes of one cell model's sets. */
    private record Hashes(String validation, String test) {}

    private static final Map<String, Hashes> BY_CELL_MODEL = Map.of(
            CellModels.FITZHUGH_NAGUMO_1961.id(),
                    new Hashes(
                            "342185d1c6978876d1d16d54c73acab6800ccda67664166917e7492a118e7e61",
                            "77da830d6c2ad90a5869fc3f87713bd1e33159f9979bd2c54460a63c437c1865"),
            CellModels.HODGKIN_HUXLEY_1952.id(),
                    new Hashes(
                            "3a34dc6cf48bd407fbf43b93bb5b4a81c8414cb47a652748423d5905d69db8cd",
                            "a2121f8aaff89cf4fb93d9d4cf513949934bf0c443d8516ed9e057b3a7d1fc01"),
            CellModels.OHARA_RUDY_2011.id(),
                    new Hashes(
                            "d47f417e539a857691aa329823568356ab848c2151f6186d144fad74364d27f3",
                            "6cf4e3bde1594274d8f960b1c86a94991015076ff214871577ef55f511608ede"));

    private FrozenSets() {}

    /** @throws IllegalArgumentException if the recipe is that of a frozen set and its protocols are others */
    static void check(DatasetRecipe recipe, String protocolsSha256) {
        if (recipe.origin() != DatasetOrigin.PAPER
                || recipe.seed() != SEED
                || recipe.count() != COUNT
                || !BY_CELL_MODEL.containsKey(recipe.cellModel())) {
            return;
        }
        Hashes hashes = BY_CELL_MODEL.get(recipe.cellModel());
        switch (recipe.set()) {
            case TRAINING -> {}
            case VALIDATION -> requireEqual(recipe, hashes.validation(), protocolsSha256);
            case TEST -> requireEqual(recipe, hashes.test(), protocolsSha256);
        }
    }

    /** Whether these are the protocols of a frozen test set, whatever their recipe says. */
    static boolean isTest(String protocolsSha256) {
        return BY_CELL_MODEL.values().stream().anyMatch(hashes -> hashes.test().equals(protocolsSha256));
    }

    private static void requireEqual(DatasetRecipe recipe, String frozen, String actual) {
        if (!frozen.equals(actual)) {
            throw new IllegalArgumentException(
                    "the %s set of %s, seed %d, is frozen with protocols of SHA-256 %s, these have %s; draw with a program whose sampler is unchanged, or take another seed"
                            .formatted(
                                    recipe.set().name().toLowerCase(Locale.ROOT),
                                    recipe.cellModel(),
                                    SEED,
                                    frozen,
                                    actual));
        }
    }
}
