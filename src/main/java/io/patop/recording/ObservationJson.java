package io.patop.recording;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Observations as JSON and back. Each record is an object with its components by name; absent values are left out,
 * the property {@code is} names the case of a sealed interface, and times are ISO 8601. There is no list of what can
 * be written, so a new kind of observation is recorded without a change here.
 */
public final class ObservationJson {

    private static final String DASHBOARD = Dashboard.class.getSimpleName();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), new RecordedTimes(), new LanesLeftOut())
            .annotationIntrospector(new SealedCases())
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .withConfigOverride(
                    Lanes.class,
                    lanes -> lanes.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Absent values are Optional, so a component that is null or missing means damage.
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private static final ObjectWriter OBSERVATIONS = MAPPER.writerFor(Observation.class);
    private static final ObjectReader OBSERVATION = MAPPER.readerFor(Observation.class);

    private ObservationJson() {}

    /** The observation as JSON, without secrets. */
    public static ObjectNode of(Observation observation) {
        return tree(OBSERVATIONS, observation);
    }

    /**
     * The dashboard as JSON, without secrets and without the lanes. A recording whose beginning is no longer kept
     * starts with it.
     */
    static ObjectNode of(Dashboard dashboard) {
        ObjectNode line = MAPPER.createObjectNode().put(SealedCases.CASE, DASHBOARD);
        return line.setAll(tree(MAPPER.writerFor(Dashboard.class), dashboard));
    }

    /** The whole dashboard as JSON in UTF-8. */
    static byte[] bytes(Dashboard dashboard) {
        return of(dashboard).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is a dashboard. Only the first line after a recording's header may be one. */
    static boolean isDashboard(JsonNode tree) {
        return DASHBOARD.equals(tree.path(SealedCases.CASE).textValue());
    }

    /**
     * The observation that {@link #of(Observation)} wrote.
     *
     * @throws JsonProcessingException if it is no observation
     */
    public static Observation observation(JsonNode tree) throws JsonProcessingException {
        try {
            Observation observation = OBSERVATION.readValue(tree);
            if (observation == null) {
                throw new JsonMappingException(null, "no observation");
            }
            return observation;
        } catch (JsonProcessingException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Observation observation(String line) throws JsonProcessingException {
        return observation(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The observation of a line in UTF-8, parsed without building a tree. */
    static Observation observation(byte[] line) throws JsonProcessingException {
        try {
            Observation observation = OBSERVATION.readValue(line);
            if (observation == null) {
                throw new JsonMappingException(null, "no observation");
            }
            return observation;
        } catch (JsonProcessingException wrong) {
            throw wrong;
        } catch (IOException wrong) {
            throw new JsonMappingException(null, "no UTF-8", wrong);
        }
    }

    /** The dashboard that {@link #of(Dashboard)} wrote. */
    static Dashboard dashboard(JsonNode tree) throws JsonProcessingException {
        return MAPPER.treeToValue(tree, Dashboard.class);
    }

    /** The dashboard that {@link #bytes(Dashboard)} wrote. */
    static Dashboard dashboard(byte[] json) throws IOException {
        return dashboard(MAPPER.readTree(json));
    }

    private static ObjectNode tree(ObjectWriter writer, Object value) {
        try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
            writer.writeValue(buffer, value);
            ObjectNode tree = MAPPER.readTree(buffer.asParser());
            Redaction.redact(tree);
            return tree;
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot be recorded: " + value.getClass(), impossible);
        }
    }
}
