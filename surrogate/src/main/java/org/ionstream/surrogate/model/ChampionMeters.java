package org.ionstream.surrogate.model;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.ionstream.schemas.message.ModelRelease;

/** Which champions are in service, and how often they changed, as metrics. Thread-safe. */
public final class ChampionMeters {
    private final MeterRegistry registry;
    private final MultiGauge info;
    private final Map<String, ModelRelease> served = new TreeMap<>();

    /** @param stage that serves or knows them */
    public ChampionMeters(MeterRegistry registry, String stage) {
        this.registry = registry;
        this.info = MultiGauge.builder("ionic.model.info")
                .description("1 for the champion of each cell model")
                .tag("stage", stage)
                .register(registry);
    }

    public synchronized void serves(ModelRelease release) {
        served.put(release.getCellModel(), release);
        info.register(
                served.values().stream()
                        .map(champion -> MultiGauge.Row.of(
                                Tags.of(
                                        "cell_model", champion.getCellModel(),
                                        "model_id", champion.getModelId(),
                                        "alias", champion.getAlias()),
                                1))
                        .toList(),
                true);
    }

    /** @param result served or refused */
    public <T> void swaps(String result, T counted, ToDoubleFunction<T> number) {
        FunctionCounter.builder("ionic.model.swaps", counted, number)
                .description("Releases put into service or refused since the start")
                .tag("result", result)
                .register(registry);
    }
}
