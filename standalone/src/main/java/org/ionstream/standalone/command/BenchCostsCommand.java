package org.ionstream.standalone.command;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.protocol.Stimulus;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.standalone.broker.EmbeddedBroker;
import org.ionstream.standalone.broker.TemporaryFolder;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.standalone.plan.BrokerMeasurement;
import org.ionstream.standalone.plan.CostMeasurement;
import org.ionstream.standalone.plan.Costs;
import org.ionstream.standalone.plan.PlanText;
import org.ionstream.standalone.plan.StreamMeasurement;
import org.ionstream.trainer.release.BundledChampions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what plans are made from. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description =
                "Seconds of a processor and bytes on disk that a protocol costs each part, and what one broker takes in, with a "
                        + "broker in this process. The plan command reckons with them. Give it a quiet machine.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream bench costs --format=json > costs.json && ionstream plan --costs=costs.json")
public final class BenchCostsCommand implements Callable<Integer> {
    private static final long SEED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "2", description = "Of each part, at least. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat format = reporting.format();
            Costs costs = measured();
            format.print(costs, spec.commandLine().getOut(), out -> PlanText.costs(costs, out));
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private Costs measured() {
        Machine machine = Machine.here();
        try (TemporaryFolder folder = TemporaryFolder.of("costs");
                EmbeddedBroker broker = new EmbeddedBroker(folder.path(), EmbeddedBroker.freePort())) {
            Topics topics = Topics.standard();
            BrokerMeasurement onBroker = new BrokerMeasurement(KafkaSettings.at(broker.bootstrapServers()), topics);
            List<Costs.OfCellModel> cellModels = new ArrayList<>();
            Costs.Broker ofBroker = null;
            Costs.Stream ofStream = null;
            for (CellModel cellModel : BundledChampions.cellModels()) {
                reporting.tell("measuring " + cellModel.id());
                List<Stimulus> protocols =
                        PaperDistribution.of(cellModel).training(SEED, CostMeasurement.POLLED).stream()
                                .map(Stimulus::of)
                                .toList();
                try (CostMeasurement measurement = new CostMeasurement(
                        ModelFiles.bundled(cellModel), protocols, topics, seconds, onBroker::bytesOnDisk)) {
                    cellModels.add(measurement.measure());
                    if (cellModel.equals(CellModels.OHARA_RUDY_2011)) { // the largest messages
                        ofBroker = onBroker.measure(measurement.predictions(), seconds);
                        ofStream = new StreamMeasurement(
                                        KafkaSettings.at(broker.bootstrapServers()),
                                        topics,
                                        measurement.protocols(),
                                        onBroker::bytesOnDisk)
                                .measure(measurement.biomarkers(), measurement.predictions());
                    }
                }
            }
            return new Costs(
                    "ionstream bench costs --seconds=%s".formatted(seconds),
                    machine,
                    LocalDate.now().toString(),
                    ofBroker,
                    ofStream,
                    cellModels);
        }
    }
}
