package org.ionstream.surrogate.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.ionstream.schemas.message.ModelRelease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The champion of each cell model. One thread offers new ones, loaded and warm; the stage's thread takes them between two
 * batches and closes the ones they replace, so that no batch mixes two models and none uses a closed one, without a lock.
 *
 * <p>{@link #offer}, {@link #releases} and {@link #swaps} may be called from any thread, the rest from the stage's alone.
 */
public final class Champions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Champions.class);

    private final Map<String, Champion> offered = new ConcurrentHashMap<>();
    private final Map<String, Champion> serving = new ConcurrentHashMap<>();
    private final LongAdder swaps = new LongAdder();
    private final Consumer<ModelRelease> served;

    public Champions() {
        this(release -> {});
    }

    /** @param served is told of every release that is offered for service */
    public Champions(Consumer<ModelRelease> served) {
        this.served = served;
    }

    /** Serves from the next batch on. One that was offered before and not taken yet is closed. */
    public void offer(Champion challenger) {
        Champion overtaken = offered.put(challenger.cellModel(), challenger);
        if (overtaken != null) {
            overtaken.close();
        }
        served.accept(challenger.release());
    }

    /** Puts into service what was offered; called at the beginning of a batch. */
    public void takeOffered() {
        for (String cellModel : offered.keySet()) {
            Champion next = offered.remove(cellModel);
            Champion previous = serving.put(cellModel, next);
            swaps.increment();
            LOG.info(
                    "{} is served by model {} on {} from now on, before by {}",
                    cellModel,
                    next.release().getModelId(),
                    next.predictor().device(),
                    previous == null ? "none" : previous.release().getModelId());
            if (previous != null) {
                previous.close();
            }
        }
    }

    public Optional<Champion> of(String cellModel) {
        return Optional.ofNullable(serving.get(cellModel));
    }

    /** What is served now, and what will be from the next batch on, by cell model. */
    public Map<String, ModelRelease> releases() {
        Map<String, ModelRelease> releases = new TreeMap<>();
        serving.forEach((cellModel, champion) -> releases.put(cellModel, champion.release()));
        offered.forEach((cellModel, champion) -> releases.put(cellModel, champion.release()));
        return releases;
    }

    /** Champions put into service so far. */
    public long swaps() {
        return swaps.sum();
    }

    @Override
    public void close() {
        for (Map<String, Champion> champions : List.of(offered, serving)) {
            champions.values().forEach(Champion::close);
            champions.clear();
        }
    }
}
