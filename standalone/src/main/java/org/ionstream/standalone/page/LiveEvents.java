package org.ionstream.standalone.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.ionstream.standalone.activity.Activity;

/**
 * What {@code GET /events} tells: {@code status} as in /status.json, {@code answer} with a line as in /answers for the newest
 * prediction of each cell model and for its newest audited one, {@code chronicle} with a number that grows with each entry.
 */
record LiveEvents(Supplier<Activity> activity, RecentAnswers answers, Chronicle chronicle)
        implements Supplier<Map<String, byte[]>> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Map<String, byte[]> get() {
        Map<String, byte[]> events = new LinkedHashMap<>();
        events.put("status", event("status", StatusView.of(activity.get())));
        answers.latest().forEach((which, answered) -> events.put(which, event("answer", AnswerView.line(answered))));
        events.put("chronicle", event("chronicle", chronicle.entries()));
        return events;
    }

    private static byte[] event(String name, Object told) {
        try {
            return "event: %s\ndata: %s\n\n"
                    .formatted(name, JSON.writeValueAsString(told))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be written as JSON: " + told, e);
        }
    }
}
