package org.ionstream.standalone.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.standalone.IonstreamMain;
import org.ionstream.standalone.machine.Machine;
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

class PlanTest {
    /** 100 MB/s; a prediction of two variables is 3 kB, a reference 2.5 kB. */
    private static final Costs.Broker BROKER = new Costs.Broker(1e8, 0.01);

    private static final Costs.OfCellModel CELL = new Costs.OfCellModel(
            "cell",
            4,
            100,
            new Costs.Seconds(1e-3, 0.1e-3, 0.6e-3, 1.8e-3, 0.2e-3, 0.1e-3, 1e-3),
            new Costs.Bytes(100, 1000, 1000, 500, 1000, 300));

    /** A prediction of two variables: 0.1 ms of the stage's thread, 0.05 ms of its sender, 0.01 ms of the broker. */
    private static final Costs.Stream STREAM =
            new Costs.Stream(new Costs.Line(0.07e-3, 1e-8), new Costs.Line(0.02e-3, 1e-8), new Costs.Line(0.01e-3, 0));

    private static final Costs COSTS = costs(BROKER);

    /** Bound by nothing but the brokers. */
    private static final Costs.OfCellModel FREE = new Costs.OfCellModel(
            "cell", 4, 100, new Costs.Seconds(0, 1e-9, 0, 0, 0, 1e-9, 0), new Costs.Bytes(100, 100, 0, 100, 0, 100));

    @Test
    void shouldReckonProcessesAndBytesFromCosts() {
        Plan plan = Plan.of(new Demand(1000, 2, 0.1, 0.2, 0, 1, 3, 3), COSTS, CELL);

        assertThat(plan.surrogates()).as("1.2 busy threads, used to 70 %").isEqualTo(2);
        assertThat(plan.surrogateProcessors()).as("1.85 busy processors").isEqualTo(3);
        assertThat(plan.referenceProcessors())
                .as("28 % solved, 2.14 ms each, and 20 % predictions, 0.15 ms each")
                .isEqualTo(1);
        assertThat(plan.partitions()).isEqualTo(4);
        Plan.TopicLoad predictions = load(plan, "predictions.v1");
        assertThat(predictions.bytesPerRecord()).isEqualTo(3000);
        assertThat(predictions.bytesPerSecond()).isEqualTo(3e6);
        assertThat(predictions.bytesPerHour()).as("three copies").isCloseTo(3e6 * 3600 * 3, within(1.0));
        assertThat(predictions.hoursKept())
                .as("8 GiB in each of 4 partitions")
                .isCloseTo(4 * 8.0 * (1L << 30) / 3e6 / 3600, within(1e-9));
        assertThat(load(plan, "references.v1").recordsPerSecond()).isCloseTo(280, within(1e-9));
        assertThat(plan.brokersNeeded()).isEqualTo(3);
    }

    @Test
    void shouldNameTheFirstBottleneckAtEachSize() {
        Demand demand = new Demand(1, 2, 0, 0, 1, 500, 1, 1);

        List<Plan> capacity = Plan.capacity(demand, COSTS, CELL, List.of(1, 10, 1000));

        double ofGpu = 0.7 / (2e-3 + 0.1e-3 + 0.1e-3);
        assertThat(capacity.get(0).firstBottleneck()).startsWith("GPUs");
        assertThat(capacity.get(0).demand().protocolsPerSecond()).isCloseTo(ofGpu, within(1e-9));
        assertThat(capacity.get(1).demand().protocolsPerSecond()).isCloseTo(10 * ofGpu, within(1e-9));
        assertThat(capacity.get(2).firstBottleneck()).contains("stream thread");
        assertThat(capacity.get(2).demand().protocolsPerSecond()).isCloseTo(7000, within(1e-6));
        assertThat(List.copyOf(capacity.get(2).limits().values())).isSorted();
        assertThat(Plan.brokersForBusyGpus(demand.with(1, 1000), COSTS, CELL))
                .as("of 3,100 bytes")
                .isEqualTo((int) Math.ceil(1000 * ofGpu * 3100 / 0.7e8));
    }

    @Test
    void shouldFindBrokersTooFewForWholeTrajectories() {
        Demand demand = new Demand(1, 4, 0, 0, 100, 1e6, 1, 1);

        Plan most = Plan.capacity(demand, costs(new Costs.Broker(1e6, 0.01)), CELL, List.of(100))
                .get(0);

        assertThat(most.firstBottleneck()).isEqualTo("1 broker(s), their logs");
        assertThat(most.bytesPerSecond()).isCloseTo(0.7e6, within(1e-6));
    }

    @Test
    void shouldFindBrokersTooFewForManySmallRecords() {
        Demand demand = new Demand(1, 0, 0, 0, 100, 1e6, 1, 1);

        Plan most = Plan.capacity(demand, costs(new Costs.Broker(1e12, 0.01)), FREE, List.of(100))
                .get(0);

        assertThat(most.firstBottleneck()).isEqualTo("1 broker(s), their processors");
        assertThat(most.demand().protocolsPerSecond())
                .as("two records of 0.01 ms each, four processors")
                .isCloseTo(0.7 * 4 / 0.02e-3, within(1e-6));
    }

    @Test
    void shouldShareProcessorsWithTheBroker() {
        ProtocolCost cost = new ProtocolCost(1e-3, 1.5e-3, 0.5e-3);

        assertThat(cost.perSecond(1, 2)).as("one thread").isCloseTo(1000, within(1e-9));
        assertThat(cost.perSecond(2, 2)).as("two processors").isCloseTo(1000, within(1e-9));
        assertThat(cost.perSecond(4, 8)).as("eight processors").isCloseTo(4000, within(1e-9));
    }

    @Test
    void shouldSplitWhatRecordsOfTwoSizesTakeIntoRecordAndBytes() {
        Costs.Line line = Costs.Line.through(100, 3e-6, 1100, 4e-6);

        assertThat(line.perByte()).isCloseTo(1e-9, within(1e-15));
        assertThat(line.perRecord()).isCloseTo(2.9e-6, within(1e-12));
        assertThat(Costs.Line.through(100, 3e-6, 1100, 2e-6).perByte()).isZero();
    }

    @Test
    void shouldRefuseWhatIsNoDemand() {
        assertThatThrownBy(() -> new Demand(1, 1, 2, 0, 0, 1, 1, 1)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> new Demand(1, 1, 0, 0, 0, 1, 1, 3)).hasMessageContaining("1 brokers for 3 copies");
        assertThatThrownBy(() -> Costs.bundled().of("rat")).hasMessageContaining("fitzhugh-nagumo-1961");
    }

    @Test
    void shouldPlanForEveryBundledChampionFromTheBundledCosts() throws IOException {
        CellModels.all().stream()
                .filter(model -> BundledChampions.of(model).isPresent())
                .forEach(model -> assertThat(Costs.bundled().of(model.id()).variables())
                        .isEqualTo(model.variables().size()));

        String text = run("plan", "--cell-model=ohara-rudy-2011", "--rate=200");
        assertThat(text).contains("predictions.v1", "first bottleneck", "ASSUMED");
        JsonNode json = new ObjectMapper()
                .readTree(run("plan", "--gpus=4", "--gpu-per-second=9000", "--variables=1", "--format=json"));
        assertThat(json.get("plan").get("surrogates").asInt()).isEqualTo(4);
        assertThat(json.get("gpuPerSecond").asText()).endsWith("as given");
        assertThat(json.get("capacity")).hasSize(10);
    }

    /** On a machine of four processors. */
    private static Costs costs(Costs.Broker broker) {
        return new Costs("bench", new Machine("", 4, "", "", 0), "", broker, STREAM, List.of(CELL));
    }

    private static Plan.TopicLoad load(Plan plan, String topic) {
        return plan.topics().stream()
                .filter(load -> load.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static String run(String... command) {
        StringWriter out = new StringWriter();
        assertThat(IonstreamMain.commandLine().setOut(new PrintWriter(out)).execute(command))
                .isZero();
        return out.toString();
    }
}
