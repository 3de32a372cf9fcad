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
import org.ionstream.trainer.release.BundledChampions;
import org.junit.jupiter.api.Test;

class PlanTest {
    /** 100 MB/s; a prediction of two variables is 3 kB, a reference 2.5 kB. */
    private static final Costs.Broker BROKER = new Costs.Broker(1e8, 0.01);

    private static final Costs.OfCellModel COSTS = new Costs.OfCellModel(
            "cell",
            4,
            100,
            new Costs.Seconds(1e-3, 0.1e-3, 0.6e-3, 2e-3, 0.1e-3, 1e-3),
            new Costs.Bytes(100, 1000, 1000, 500, 1000, 300));

    @Test
    void shouldReckonProcessesAndBytesFromCosts() {
        Plan plan = Plan.of(new Demand(1000, 2, 0.1, 0.2, 0, 1, 3, 3), BROKER, COSTS);

        assertThat(plan.surrogates()).as("1.1 busy threads, used to 70 %").isEqualTo(2);
        assertThat(plan.surrogateProcessors()).as("1.7 busy processors").isEqualTo(3);
        assertThat(plan.referenceProcessors()).as("28 % solved, 2 ms each").isEqualTo(1);
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

        List<Plan> capacity = Plan.capacity(demand, BROKER, COSTS, List.of(1, 10, 1000));

        assertThat(capacity.get(0).firstBottleneck()).isEqualTo("GPUs");
        assertThat(capacity.get(0).demand().protocolsPerSecond()).isCloseTo(350, within(1e-9));
        assertThat(capacity.get(1).demand().protocolsPerSecond()).isCloseTo(3500, within(1e-9));
        assertThat(capacity.get(2).firstBottleneck()).contains("stream thread");
        assertThat(capacity.get(2).demand().protocolsPerSecond()).isCloseTo(7000, within(1e-6));
        assertThat(List.copyOf(capacity.get(2).limits().values())).isSorted();
        assertThat(Plan.brokersForBusyGpus(demand.with(1, 1000), BROKER, COSTS))
                .as("350,000 a second of 3,100 bytes")
                .isEqualTo((int) Math.ceil(350_000 * 3100 / 0.7e8));
    }

    @Test
    void shouldFindBrokersTooFewForWholeTrajectories() {
        Demand demand = new Demand(1, 4, 0, 0, 100, 1e6, 1, 1);

        Plan most = Plan.capacity(demand, new Costs.Broker(1e6, 0.01), COSTS, List.of(100))
                .get(0);

        assertThat(most.firstBottleneck()).isEqualTo("1 broker(s)");
        assertThat(most.bytesPerSecond()).isCloseTo(0.7e6, within(1e-6));
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
