package org.ionstream.standalone.doctor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.ionstream.schemas.registry.RegistryException;
import org.ionstream.schemas.stream.KafkaSettings;
import org.ionstream.schemas.stream.Topics;
import org.ionstream.surrogate.fno.ComputeDevice;
import org.ionstream.surrogate.model.ReleaseKeys;

/** Looks over an installation without changing anything, from the broker up to the champions. */
public final class Doctor {
    private static final String LONGEST_MS = "10000";

    private final KafkaSettings kafka;
    private final Topics topics;
    private final ReleaseKeys keys;
    private final ComputeDevice device;

    /**
     * @param keys whose releases are to be served
     * @param device that surrogates are to run on
     */
    public Doctor(KafkaSettings kafka, Topics topics, ReleaseKeys keys, ComputeDevice device) {
        Map<String, String> impatient = new HashMap<>();
        impatient.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_MS);
        impatient.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_MS);
        impatient.putAll(kafka.clientOverrides());
        this.kafka = new KafkaSettings(kafka.bootstrapServers(), impatient);
        this.topics = topics;
        this.keys = keys;
        this.device = device;
    }

    public DoctorReport look() {
        List<Finding> findings = new ArrayList<>(List.of(device()));
        findings.addAll(RegistryCheck.look(topics));
        try (Admin admin = Admin.create(kafka.common())) {
            findings.addAll(BrokerCheck.look(admin));
            Map<String, Integer> present = topics.partitionCounts(admin);
            findings.addAll(TopicsCheck.look(admin, topics, present));
            if (!present.isEmpty()) {
                findings.addAll(RightsCheck.look(admin, topics, present.keySet()));
                findings.addAll(possible("messages", () -> messages(present)));
            }
            if (present.containsKey(topics.models.name()) && present.containsKey(topics.modelArtifacts)) {
                findings.addAll(possible("models", () -> ModelsCheck.look(kafka, topics, keys)));
            }
        } catch (KafkaException e) {
            findings.add(Finding.fail(
                    "broker",
                    "%s: %s".formatted(kafka.bootstrapServers(), e.getMessage()),
                    "start it, or name it with --bootstrap-servers; security settings go into --kafka-config"));
        }
        return new DoctorReport(findings);
    }

    private List<Finding> messages(Map<String, Integer> present) {
        try (var reader = new KafkaConsumer<byte[], byte[]>(kafka.reader())) {
            return new MessagesCheck(topics, reader, Clock.systemUTC()).look(present.keySet());
        }
    }

    /** What cannot be looked at is a finding, and the looking goes on. */
    private static List<Finding> possible(String place, Supplier<List<Finding>> look) {
        try {
            return look.get();
        } catch (KafkaException | RegistryException e) {
            return List.of(Finding.fail(place, "cannot be read: " + e.getMessage(), "see the findings above"));
        }
    }

    private Finding device() {
        try {
            ComputeDevice found = device.resolved();
            String text = "surrogates run on %s".formatted(found);
            return device == ComputeDevice.AUTO && found == ComputeDevice.CPU
                    ? Finding.ok("device", text + ": no usable CUDA; see --device=cuda for the reason")
                    : Finding.ok("device", text);
        } catch (IllegalStateException e) {
            return Finding.fail("device", e.getMessage(), "as it says");
        }
    }
}
