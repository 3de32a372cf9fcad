package org.ionstream.trainer.fno;

/** What the network sees of the stimulus, as nodes of a graph; signals are [batch, channel, sample]. */
final class OnnxInputs {
    private final FnoArchitecture architecture;
    private final LatentGrid grids;
    private final OnnxGraph graph;
    /** A zero per protocol, [batch, 1, 1]. */
    private final String noughts;

    OnnxInputs(FnoArchitecture architecture, LatentGrid grids, OnnxGraph graph, String noughts) {
        this.architecture = architecture;
        this.grids = grids;
        this.graph = graph;
        this.noughts = noughts;
    }

    /**
     * What lifting and projection see.
     *
     * @param lifted [batch, channel, latent sample]
     * @param projected [batch, channel, sample]
     */
    record Seen(String lifted, String projected) {}

    /** @param current scaled, [batch, 1, sample] */
    Seen of(String current) {
        return switch (architecture.inputs()) {
            case CURRENT -> new Seen(pooled(current), current);
            case CURRENT_AND_CHARGE -> {
                String seen = graph.concat(1, current, charge(current, scalar("half", 0.5f)), logarithm(current));
                yield new Seen(pooled(seen), seen);
            }
            case RESOLUTION_FREE -> {
                String mean = pooled(current);
                yield new Seen(
                        graph.concat(1, mean, meanCharge(current), logarithm(mean)),
                        graph.concat(1, current, chargeBefore(current), logarithm(current)));
            }
            case LEAKY -> withLeakyIntegrals(current);
        };
    }

    private Seen withLeakyIntegrals(String current) {
        String mean = pooled(current);
        String integrals = leakyIntegrals(current);
        float[] startShares = grids.leaky().startShares();
        String share = graph.constant("leaky_start_shares", startShares, startShares.length, 1);
        String overCells = graph.node("Add", current, graph.node("Mul", graph.node("Sub", integrals, current), share));
        String meanIntegrals = pooled(overCells);
        return new Seen(
                graph.concat(
                        1,
                        mean,
                        meanCharge(current),
                        logarithm(mean),
                        meanIntegrals,
                        logarithm(meanIntegrals),
                        ofConstant("latent_leaky_of_constant", grids.leakyMeansOfConstant(), grids.latent())),
                graph.concat(
                        1,
                        current,
                        chargeBefore(current),
                        logarithm(current),
                        integrals,
                        logarithm(integrals),
                        ofConstant("leaky_of_constant", grids.leaky().ofConstant(), grids.samples())));
    }

    /** The same for all protocols, [batch, time constant, sample]. */
    private String ofConstant(String name, float[] values, int length) {
        return graph.node("Add", noughts, graph.constant(name, values, 1, LeakyIntegrals.count(), length));
    }

    private String pooled(String signal) {
        return architecture.hasLatentGrid()
                ? graph.node(
                        "MatMul", signal, graph.constant("pooling", grids.pooling(), grids.samples(), grids.latent()))
                : signal;
    }

    private String meanCharge(String current) {
        return pooled(charge(current, scalar("half", 0.5f)));
    }

    private String chargeBefore(String current) {
        return charge(current, scalar("one", 1));
    }

    /** @param ahead the share of a cell's charge that is still to come: all at its start */
    private String charge(String current, String ahead) {
        String delivered = graph.node("CumSum", current, graph.constant("sample_axis", 2));
        String before = graph.node("Sub", delivered, graph.node("Mul", current, ahead));
        return graph.node("Mul", before, scalar("charge_scale", (float) (Inputs.CHARGE_SCALE * grids.step())));
    }

    private String logarithm(String current) {
        String gained = graph.node("Mul", graph.node("Abs", current), scalar("logarithm_gain", Inputs.LOGARITHM_GAIN));
        String size = graph.node(
                "Div",
                graph.node("Log", graph.node("Add", gained, scalar("one", 1))),
                scalar("logarithm_depth", Inputs.LOGARITHM_DEPTH));
        return graph.node("Mul", graph.node("Sign", current), size);
    }

    /** At the starts of the cells, [batch, time constant, sample]. */
    private String leakyIntegrals(String current) {
        LeakyIntegrals integrals = grids.leaky();
        int count = LeakyIntegrals.count();
        int block = integrals.block();
        int blocks = integrals.blocks();
        String byBlock = graph.node("Reshape", current, graph.constant("leaky_blocks", -1, 1, blocks, block));
        String ends = graph.node("MatMul", byBlock, graph.constant("leaky_ends", integrals.ends(), count, block, 1));
        String starts =
                graph.node("MatMul", graph.constant("leaky_carries", integrals.carries(), count, blocks, blocks), ends);
        String carried =
                graph.node("MatMul", starts, graph.constant("leaky_decays", integrals.decays(), count, 1, block));
        String within =
                graph.node("MatMul", byBlock, graph.constant("leaky_within", integrals.within(), count, block, block));
        return graph.node(
                "Reshape",
                graph.node("Add", within, carried),
                graph.constant("leaky_samples", -1, count, grids.samples()));
    }

    private String scalar(String name, float value) {
        return graph.constant(name, new float[] {value}, 1);
    }
}
