package io.patop.control.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.text.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Entries as JSON. What is read is checked, as it may come from anywhere: texts are made printable, ids are ids. */
final class JournalJson {

    private static final int VERSION = 1;
    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{12,64}");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern FAULT = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Pattern OPERATION = Pattern.compile("start|thaw|heal");
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9_.:][A-Za-z0-9_.:-]{0,252}");
    private static final Pattern CLUSTER = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_./:=@-]{0,512}");

    private JournalJson() {}

    /** Holds Jackson, which is loaded only if there is an entry: most starts of patop find none. */
    private static final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    static String text(JournalEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("id", entry.id());
        json.put("at", entry.at().toString());
        json.put("boot", entry.owner().boot());
        json.put("processes", entry.owner().processes());
        json.put("pid", entry.owner().pid());
        json.put("started", entry.owner().started());
        json.put("lock", entry.owner().lock());
        json.put("engine", entry.engine());
        entry.member().ifPresent(name -> json.put("member", name));
        json.put("broken", entry.broken());
        json.set("repair", repair(entry.repair()));
        return json.toPrettyString() + "\n";
    }

    static JournalEntry entry(String text) throws IOException {
        JsonNode json = tree(text);
        if (json.path("version").asInt(0) != VERSION) {
            throw new IOException("it is no entry of this patop's");
        }
        try {
            return new JournalEntry(
                    json.path("id").asText(""),
                    Instant.parse(json.path("at").asText("")),
                    new EntryOwner(
                            json.path("boot").asText(""),
                            json.path("processes").asText(""),
                            json.path("pid").asLong(0),
                            json.path("started").asLong(0),
                            json.path("lock").asText("")),
                    printable(json, "engine").orElse(""),
                    printable(json, "member"),
                    printable(json, "broken").orElse("something"),
                    repair(json.path("repair")));
        } catch (DateTimeException notATime) {
            throw new IOException("its time is none", notATime);
        }
    }

    private static JsonNode tree(String text) throws IOException {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IOException("it is no JSON", notJson);
        }
    }

    private static ObjectNode repair(Repair repair) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (repair instanceof Repair.Scale scale) {
            return json.put("do", "scale").put("service", scale.service()).put("replicas", scale.replicas());
        }
        if (repair instanceof Repair.Start start) {
            return json.put("do", "start")
                    .put("containerId", start.containerId())
                    .put("container", start.container());
        }
        if (repair instanceof Repair.Thaw thaw) {
            return json.put("do", "thaw").put("containerId", thaw.containerId()).put("container", thaw.container());
        }
        if (repair instanceof Repair.OnMember member) {
            json.put("do", member.operation()).put("cluster", member.cluster()).put("member", member.member());
            member.host().ifPresent(host -> json.put("host", host));
            return json;
        }
        Repair.Undo undo = (Repair.Undo) repair;
        json.put("do", "undo").put("fault", undo.fault());
        json.put("containerId", undo.containerId()).put("container", undo.container());
        ObjectNode before = json.putObject("before");
        new TreeMap<>(undo.before()).forEach(before::put);
        return json;
    }

    private static Repair repair(JsonNode json) throws IOException {
        if (json.has("cluster")) {
            return onMember(json);
        }
        return switch (json.path("do").asText("")) {
            case "scale" ->
                new Repair.Scale(
                        fit(json, "service", SERVICE), json.path("replicas").asInt(0));
            case "start" -> new Repair.Start(fit(json, "containerId", CONTAINER), name(json));
            case "thaw" -> new Repair.Thaw(fit(json, "containerId", CONTAINER), name(json));
            case "undo" ->
                new Repair.Undo(
                        fit(json, "fault", FAULT), fit(json, "containerId", CONTAINER), name(json), before(json));
            default -> throw new IOException("it does not say how it is mended");
        };
    }

    private static Repair onMember(JsonNode json) throws IOException {
        return new Repair.OnMember(
                fit(json, "cluster", CLUSTER),
                fit(json, "do", OPERATION),
                fit(json, "member", MEMBER),
                json.has("host") ? Optional.of(fit(json, "host", MEMBER)) : Optional.empty());
    }

    private static Map<String, String> before(JsonNode json) throws IOException {
        Map<String, String> before = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : json.path("before").properties()) {
            String value = field.getValue().asText("");
            if (before.size() >= 20
                    || !FAULT.matcher(field.getKey()).matches()
                    || !VALUE.matcher(value).matches()) {
                throw new IOException("what was before is not fit to be used");
            }
            before.put(field.getKey(), value);
        }
        return before;
    }

    private static String name(JsonNode json) {
        return printable(json, "container").orElse("");
    }

    private static String fit(JsonNode json, String field, Pattern pattern) throws IOException {
        String text = json.path(field).asText("");
        if (!pattern.matcher(text).matches()) {
            throw new IOException("its " + field + " is none");
        }
        return text;
    }

    private static Optional<String> printable(JsonNode json, String field) {
        return Optional.of(json.path(field).asText(""))
                .filter(text -> !text.isBlank())
                .map(text -> Printable.line(text.length() > 300 ? text.substring(0, 300) : text));
    }
}
