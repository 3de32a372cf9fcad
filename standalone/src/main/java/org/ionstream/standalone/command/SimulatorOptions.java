package org.ionstream.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.registry.RegistrySettings;
import org.ionstream.schemas.registry.SchemaRegistry;
import org.ionstream.standalone.run.SimulatorSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a simulator in this process publishes and how its parts work. */
final class SimulatorOptions {
    @Option(
            names = "--cell-model",
            paramLabel = "ID",
            defaultValue = "fitzhugh-nagumo-1961",
            description = "one of the catalogue (see cells). Default: ${DEFAULT-VALUE}")
    private String cellModel;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "40",
            description = "Protocols published per second. Default: ${DEFAULT-VALUE}")
    private double protocolsPerSecond;

    @Option(
            names = "--shift-after",
            paramLabel = "PROTOCOLS",
            defaultValue = "3000",
            description =
                    "Of the paper's distribution before the other one, which brings trainings and swaps. Default: "
                            + "${DEFAULT-VALUE}")
    private long shiftAfter;

    @Option(names = "--seed", defaultValue = "1", description = "Of the protocols. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "${env:IONSTREAM_SCHEMA_REGISTRY_URL}",
            description =
                    "A schema registry with Confluent's interface, e.g. http://localhost:8081: messages are written in "
                            + "Confluent's wire format. Started once with it, a --state needs it ever after. The environment "
                            + "variable IONSTREAM_SCHEMA_REGISTRY_URL replaces the default, none")
    private String schemaRegistryUrl;

    @Mixin
    private TrainerOptions trainer;

    @Mixin
    private ServingOptions serving;

    @Mixin
    private AccuracyOption accuracy;

    /**
     * @param state directory of the broker's log and all other state
     * @param port of the broker
     * @param pagePort of the page; 0: any free one
     */
    SimulatorSettings settings(Path state, int port, int pagePort) {
        return new SimulatorSettings(
                state,
                CellModels.byId(cellModel),
                port,
                pagePort,
                protocolsPerSecond,
                shiftAfter,
                seed,
                serving.settings(),
                accuracy.largestError(),
                trainer.drift(),
                trainer.retraining(),
                Optional.ofNullable(schemaRegistryUrl)
                        .filter(url -> !url.isBlank())
                        .map(RegistrySettings::at)
                        .map(SchemaRegistry::new));
    }
}
