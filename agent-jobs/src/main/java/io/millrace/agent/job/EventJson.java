package io.millrace.agent.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.trigger.TriggerEvent;

/** Trigger events as the agent operator keeps them: it stores its inputs with Kryo, and JSON outlives our classes. */
final class EventJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventJson() {}

    static String write(TriggerEvent event) throws JsonProcessingException {
        return JSON.writeValueAsString(event);
    }

    static TriggerEvent read(String json) throws JsonProcessingException {
        return JSON.readValue(json, TriggerEvent.class);
    }
}
