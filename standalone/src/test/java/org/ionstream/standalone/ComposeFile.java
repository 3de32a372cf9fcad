package org.ionstream.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml, as it is parsed. */
@SuppressWarnings("unchecked")
final class ComposeFile {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final String OWN_IMAGE = "ionstream:";

    private final Map<String, Object> parsed;

    ComposeFile() {
        try {
            parsed = new Yaml().load(Files.readString(TOP.resolve("docker-compose.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> volumes() {
        return (Map<String, Object>) parsed.get("volumes");
    }

    Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) parsed.get("services");
    }

    /** Those that run a command of this project. */
    Map<String, Map<String, Object>> ownServices() {
        return services().entrySet().stream()
                .filter(service -> service.getValue().get("image").toString().startsWith(OWN_IMAGE))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    static List<String> command(Map<String, Object> service) {
        return (List<String>) service.get("command");
    }

    static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("environment", Map.of());
    }

    static List<String> mounts(Map<String, Object> service) {
        return (List<String>) service.getOrDefault("volumes", List.of());
    }
}
