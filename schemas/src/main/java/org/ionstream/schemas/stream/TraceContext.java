package org.ionstream.schemas.stream;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record stands in a distributed trace: W3C Trace Context (Recommendation of 23 November 2021), the headers
 * traceparent and tracestate. Every record written is a span of its own in the trace of the record that caused it.
 *
 * <p>No spans are exported from here, so sampling is left to those who do: a trace that begins here says sampled.
 *
 * @param traceHigh first 8 bytes of the trace id
 * @param traceLow last 8 bytes of the trace id; not both 0
 * @param span id of the record's span; not 0
 * @param sampled whoever caused the record may have recorded its span
 * @param state what tracing systems add, passed on as it came; empty: nothing
 */
public record TraceContext(long traceHigh, long traceLow, long span, boolean sampled, String state) {
    public static final String PARENT = "traceparent";
    public static final String STATE = "tracestate";

    private static final HexFormat HEX = HexFormat.of();
    /** 00-TRACE-SPAN-FLAGS: 2, 32, 16 and 2 hexadecimal digits. */
    private static final int LENGTH = 55;

    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    /** Longer ones need not be passed on (section 3.3.1.5). */
    private static final int LONGEST_STATE = 512;

    public TraceContext {
        if ((traceHigh | traceLow) == 0 || span == 0) {
            throw new IllegalArgumentException("a trace id and a span id of zeros mean none");
        }
    }

    /** A new trace. */
    public static TraceContext begun() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new TraceContext(random.nextLong(), notZero(random), notZero(random), true, "");
    }

    /** Of a record; a new trace where it has none, or one that breaks the rules. */
    public static TraceContext of(Headers headers) {
        return text(headers, PARENT)
                .flatMap(parent -> parse(parent, text(headers, STATE).orElse("")))
                .orElseGet(TraceContext::begun);
    }

    /** None if the traceparent breaks the rules. */
    public static Optional<TraceContext> parse(String parent, String state) {
        if (!isWellFormed(parent)) {
            return Optional.empty();
        }
        long high = HexFormat.fromHexDigitsToLong(parent, TRACE_AT, TRACE_AT + 16);
        long low = HexFormat.fromHexDigitsToLong(parent, TRACE_AT + 16, TRACE_AT + 32);
        long span = HexFormat.fromHexDigitsToLong(parent, SPAN_AT, SPAN_AT + 16);
        if ((high | low) == 0 || span == 0) {
            return Optional.empty();
        }
        boolean sampled = (HexFormat.fromHexDigits(parent, FLAGS_AT, LENGTH) & 1) == 1;
        return Optional.of(new TraceContext(high, low, span, sampled, state.length() <= LONGEST_STATE ? state : ""));
    }

    /** Of a record that this one causes: another span of the same trace. */
    public TraceContext child() {
        return new TraceContext(traceHigh, traceLow, notZero(ThreadLocalRandom.current()), sampled, state);
    }

    /** As a header. */
    public String parent() {
        return "00-" + id() + (sampled ? "-01" : "-00");
    }

    /** Trace and span: no other record has it. */
    String id() {
        return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow) + '-' + HEX.toHexDigits(span);
    }

    /** A version later than 00 may go on after a further dash, and is read as 00 up to there (section 4.3). */
    private static boolean isWellFormed(String parent) {
        if (parent.length() < LENGTH || parent.startsWith("ff")) {
            return false;
        }
        if (parent.length() > LENGTH && (parent.startsWith("00") || parent.charAt(LENGTH) != '-')) {
            return false;
        }
        for (int at = 0; at < LENGTH; at++) {
            char found = parent.charAt(at);
            boolean dash = at == TRACE_AT - 1 || at == SPAN_AT - 1 || at == FLAGS_AT - 1;
            boolean digit = found >= '0' && found <= '9' || found >= 'a' && found <= 'f';
            if (dash ? found != '-' : !digit) {
                return false;
            }
        }
        return true;
    }

    private static long notZero(ThreadLocalRandom random) {
        long drawn = random.nextLong();
        return drawn == 0 ? 1 : drawn;
    }

    private static Optional<String> text(Headers headers, String name) {
        Header found = headers.lastHeader(name);
        return found == null || found.value() == null
                ? Optional.empty()
                : Optional.of(new String(found.value(), StandardCharsets.ISO_8859_1));
    }
}
