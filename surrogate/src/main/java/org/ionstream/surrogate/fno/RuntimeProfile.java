package org.ionstream.surrogate.fno;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What ONNX Runtime's own profiler says of a model: on which execution provider each node of the optimised graph runs, and
 * which operators take the time.
 *
 * @param nodesByProvider e.g. CPUExecutionProvider, CUDAExecutionProvider
 * @param timeShareByOperator of the kernels, adding up to 1; fused operators under the runtime's names
 */
public record RuntimeProfile(Map<String, Integer> nodesByProvider, Map<String, Double> timeShareByOperator) {
    private static final int RUNS = 5;
    private static final String KERNEL = "_kernel_time";

    /**
     * @param device CPU or CUDA
     * @param batch of the runs that are profiled
     * @throws UnusableModelException if the runtime refuses the model
     */
    public static RuntimeProfile of(OnnxModelFile file, ComputeDevice device, int batch) {
        try {
            Path folder = Files.createTempDirectory("ionstream-profile");
            try {
                return of(new ObjectMapper()
                        .readTree(OnnxEngine.profile(file, device, batch, RUNS, folder.resolve("run"))
                                .toFile()));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read ONNX Runtime's profile of " + file.card().modelId(), e);
        }
    }

    /** Nodes on a provider, as a share of all. */
    public double shareOn(String provider) {
        int all = nodesByProvider.values().stream().mapToInt(Integer::intValue).sum();
        return (double) nodesByProvider.getOrDefault(provider, 0) / all;
    }

    static RuntimeProfile of(JsonNode events) {
        Set<String> counted = new HashSet<>();
        Map<String, Integer> nodes = new TreeMap<>();
        Map<String, Double> times = new TreeMap<>();
        double total = 0;
        for (JsonNode event : events) {
            String name = event.path("name").asText();
            if (!event.path("cat").asText().equals("Node") || !name.endsWith(KERNEL)) {
                continue;
            }
            if (counted.add(name)) {
                nodes.merge(event.at("/args/provider").asText(), 1, Integer::sum);
            }
            times.merge(event.at("/args/op_name").asText(), event.path("dur").asDouble(), Double::sum);
            total += event.path("dur").asDouble();
        }
        double all = total;
        times.replaceAll((operator, time) -> time / all);
        return new RuntimeProfile(nodes, times);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
