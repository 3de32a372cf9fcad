package org.ionstream.trainer.release;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.wire.TimeGrid;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.ModelCard;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.fno.FnoParameters;
import org.ionstream.trainer.fno.Normalisation;
import org.ionstream.trainer.fno.OnnxExport;
import org.ionstream.trainer.fno.OnnxImport;

/**
 * A trained network that can be written as a model file.
 *
 * @param cellModel it predicts
 * @param parameters trained
 * @param normalisation on the training grid
 * @param recipe how it was trained
 * @param provenance on which data, JSON
 */
public record Candidate(
        CellModel cellModel, FnoParameters parameters, Normalisation normalisation, Recipe recipe, String provenance) {
    /** Provenance of a model that its recipe describes completely. */
    static final String FIRST = "{}";

    /** Stands in the card while the model is being scored. */
    private static final double UNSCORED = 1;

    private static final int LONGEST_QUOTE = 60;

    /**
     * The network inside a model file made by {@link #toOnnx}.
     *
     * @throws IllegalArgumentException if the file was made elsewhere: it can be served, but neither trained on nor exported
     */
    public static Candidate of(OnnxModelFile file) {
        ModelCard card = file.card();
        Recipe recipe;
        try {
            recipe = Recipe.fromJson(card.recipe());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "model %s was not made by this trainer (its recipe is '%s'), so that its network is not known; train or export it where it was made"
                            .formatted(card.modelId(), abbreviated(card.recipe())),
                    e);
        }
        OnnxImport network = OnnxImport.read(recipe.architecture(), card.grid(), file::weights);
        return new Candidate(
                CellModels.byId(card.cellModel()),
                network.parameters(),
                network.normalisation(),
                recipe,
                card.provenance());
    }

    /** Whether the recipe tells all: a model that was trained on has data in its provenance that no recipe brings back. */
    public boolean isFirstTraining() {
        return provenance.equals(FIRST);
    }

    /**
     * The same network on another grid, with the statistics of its training protocols there.
     *
     * @throws IllegalStateException if it was trained on: its statistics are an earlier model's
     */
    public Candidate on(TimeGrid grid, ReferenceLabels labels) {
        if (!isFirstTraining()) {
            throw new IllegalStateException(
                    "model %s was trained on from another, whose protocols its recipe does not tell; export that one, or interpolate the statistics"
                            .formatted(modelId()));
        }
        Normalisation there = normalisation.withStatistics(labels.statistics(recipe.protocols(cellModel), grid));
        return new Candidate(cellModel, parameters, there, recipe, provenance);
    }

    /** The same network on another grid, its statistics linear between those of this one. */
    public Candidate interpolatedOn(TimeGrid grid) {
        return new Candidate(cellModel, parameters, normalisation.on(grid), recipe, provenance);
    }

    /** Named after its weights: the same training gives the same name. */
    public String modelId() {
        float[] values = parameters.vector();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return cellModel.id() + "-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param expectedRelativeL2 median error on held-out protocols, for the card */
    public byte[] toOnnx(TimeGrid grid, double expectedRelativeL2) {
        ModelCard card = new ModelCard(
                modelId(),
                cellModel.id(),
                cellModel.variableNames(),
                cellModel.variables().stream().map(StateVariable::unit).toList(),
                cellModel.stimulusUnit(),
                grid.stepMs(),
                grid.samples(),
                expectedRelativeL2,
                recipe.toJson(),
                provenance);
        return OnnxExport.export(parameters, normalisation, card, horizonMs(grid));
    }

    /** A grid that ends within a sample of the cell model's horizon, as the paper's does beyond it, is of that horizon. */
    private double horizonMs(TimeGrid grid) {
        double horizonMs = cellModel.horizonMs();
        return Math.abs(grid.horizonMs() - horizonMs) <= grid.stepMs() ? horizonMs : grid.horizonMs();
    }

    public byte[] toOnnx(double expectedRelativeL2) {
        return toOnnx(normalisation.grid(), expectedRelativeL2);
    }

    /** As a model file to be scored. */
    public OnnxModelFile unscored() {
        return OnnxModelFile.parse(toOnnx(UNSCORED));
    }

    /** The same network with other weights. */
    public Candidate with(FnoParameters others) {
        return new Candidate(cellModel, others, normalisation, recipe, provenance);
    }

    /**
     * To be asked before a training: whether it can be served does not depend on the weights.
     *
     * @throws IllegalArgumentException if the network does not fit its grid
     * @throws UnusableModelException if its file is refused, as one whose many windows make too long a row of nodes
     */
    public void checkServable(FnoPredictor.Settings serving) {
        new FnoPredictor(unscored(), serving).close();
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
