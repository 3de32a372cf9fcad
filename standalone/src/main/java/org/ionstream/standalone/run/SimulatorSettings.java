package org.ionstream.standalone.run;

import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.trainer.drift.DriftSettings;
import org.ionstream.trainer.retraining.RetrainingSettings;

/**
 * The whole simulator in one process.
 *
 * @param state directory for the broker's log and all else that outlives the process
 * @param cellModel simulated
 * @param brokerPort for clients; the next one is the controller's
 * @param pagePort of the status page, 0 for any
 * @param protocolsPerSecond published by itself
 * @param shiftAfter protocols, over the life of the state directory, until the distribution changes
 * @param seed of the protocols
 * @param serving device and batches of the surrogate
 * @param largestError relative L2 that the surrogate may have
 * @param drift audit share, join and drift
 * @param retraining when and how to train
 * @param registry that messages are written with; empty: none, in single-object encoding
 */
public record SimulatorSettings(
        Path state,
        CellModel cellModel,
        int brokerPort,
        int pagePort,
        double protocolsPerSecond,
        long shiftAfter,
        long seed,
        FnoPredictor.Settings serving,
        double largestError,
        DriftSettings drift,
        RetrainingSettings retraining,
        Optional<SchemaRegistry> registry) {}
