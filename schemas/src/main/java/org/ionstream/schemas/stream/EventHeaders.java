package org.ionstream.schemas.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What every message says of itself beside its value: the attributes of CloudEvents 1.0 in the binary mode of its Kafka
 * protocol binding, and its place in a trace. Routers and tracing systems read them; the stages read the trace alone.
 */
public final class EventHeaders {
    static final String SPECIFICATION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String CONTENT = "content-type";

    /** Content type of every message. */
    static final String AVRO = "application/avro";

    /** What each is, by its name. */
    static final Map<String, String> DESCRIBED = described();

    /** Those that every message has. */
    static final Set<String> ALWAYS = Set.of(SPECIFICATION, ID, SOURCE, TYPE, TIME, CONTENT, TraceContext.PARENT);

    private static final int LONGEST_KEPT = 512;

    private EventHeaders() {}

    /**
     * @param topic that the message is written to; its source is the topic, a URI reference
     * @param message whose Avro name is the type
     * @param trace whose span is the record
     */
    public static void add(Headers headers, String topic, SpecificRecord message, TraceContext trace) {
        add(headers, SPECIFICATION, "1.0");
        add(headers, ID, trace.id());
        add(headers, SOURCE, "/" + topic);
        add(headers, TYPE, message.getSchema().getFullName());
        add(headers, TIME, Instant.ofEpochMilli(System.currentTimeMillis()).toString());
        add(headers, CONTENT, AVRO);
        add(headers, TraceContext.PARENT, trace.parent());
        if (!trace.state().isEmpty()) {
            add(headers, TraceContext.STATE, trace.state());
        }
    }

    /** Those of them that a record came with, for a record that is passed on as it is; without what is too long to be one. */
    public static Map<String, String> of(Headers headers) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : DESCRIBED.keySet()) {
            Header found = headers.lastHeader(name);
            if (found != null && found.value() != null && found.value().length <= LONGEST_KEPT) {
                kept.put(name, new String(found.value(), StandardCharsets.UTF_8));
            }
        }
        return kept;
    }

    private static Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put(SPECIFICATION, "1.0, of CloudEvents");
        described.put(ID, "of the event: the span of the trace context");
        described.put(SOURCE, "/ and the topic");
        described.put(TYPE, "full name of the Avro schema");
        described.put(TIME, "RFC 3339, when it was written");
        described.put(CONTENT, AVRO);
        described.put(TraceContext.PARENT, "W3C Trace Context");
        described.put(TraceContext.STATE, "W3C Trace Context, as it came with the cause");
        return Collections.unmodifiableMap(described);
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
