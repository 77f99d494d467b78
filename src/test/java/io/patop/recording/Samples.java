package io.patop.recording;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes values of any type that a record of the domain is made of, by reflection: one with all that is optional,
 * and one without; so that the tests meet an observation that was added yesterday. A value that a record refuses
 * is tried with others.
 */
final class Samples {

    private static final Instant TIME = Instant.parse("2026-11-24T12:34:56.123456789Z");

    /** Numbers and texts to try in turn: records refuse some, e.g. a port of 0, a version of 7. */
    private static final List<Long> NUMBERS = List.of(7L, 150_004L, 1L);

    private final boolean full;

    private Samples(boolean full) {
        this.full = full;
    }

    /** Some values of the type, that differ in what is absent, in enum constants and in cases of sealed types. */
    static List<Object> of(Class<?> type) {
        return List.of(new Samples(true).any(type, 0), new Samples(false).any(type, 0));
    }

    /** With every case of that sealed type, wherever it stands inside. */
    static List<Object> cases(Class<?> sealed) {
        return SealedCases.cases(sealed).stream()
                .flatMap(type -> of(type).stream())
                .toList();
    }

    private Object any(Type type, int depth) {
        if (depth > 12) {
            throw new IllegalArgumentException("too deep: " + type);
        }
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), depth);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            Object[] constants = plain.getEnumConstants();
            return constants[full ? constants.length - 1 : 0];
        }
        if (plain.isRecord()) {
            return record(plain, depth);
        }
        if (plain.isSealed()) {
            List<Class<?>> cases = SealedCases.cases(plain);
            return any(cases.get(full ? cases.size() - 1 : 0), depth + 1);
        }
        return leaf(plain);
    }

    private Object leaf(Class<?> type) {
        if (type == Object.class) {
            return Map.of("number", 1, "list", List.of("a", true, 1.5), "none", Map.of());
        }
        Map<Class<?>, Object> leaves = Map.ofEntries(
                Map.entry(String.class, full ? "text \u001b\u2028\ud83d\ude00 \"'\\" : ""),
                Map.entry(boolean.class, full),
                Map.entry(Boolean.class, full),
                Map.entry(int.class, 7),
                Map.entry(Integer.class, 7),
                Map.entry(long.class, 7L),
                Map.entry(Long.class, 7L),
                Map.entry(double.class, full ? 0.1 : 0.0),
                Map.entry(Double.class, 0.1),
                Map.entry(Instant.class, TIME),
                Map.entry(OffsetDateTime.class, OffsetDateTime.parse("2026-11-24T12:34:56.5+05:30")),
                Map.entry(LocalDateTime.class, LocalDateTime.parse("2026-11-24T12:34:56.5")),
                Map.entry(Duration.class, Duration.ofNanos(1_234_567_890_123L)),
                Map.entry(URI.class, URI.create("http://10.0.0.1:8091")));
        Object value = leaves.get(type);
        if (value == null) {
            throw new IllegalArgumentException("Samples makes no " + type + " yet");
        }
        return value;
    }

    private Object container(Class<?> raw, Type[] of, int depth) {
        if (raw == Optional.class) {
            return full ? Optional.of(any(of[0], depth + 1)) : Optional.empty();
        }
        if (SortedMap.class.isAssignableFrom(raw)) {
            return new TreeMap<>(full ? Map.of(any(of[0], depth + 1), any(of[1], depth + 1)) : Map.of());
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            if (full && of[1] == Object.class) {
                map.put("text", "x");
                map.put("number", 5_000_000_000L);
                map.put("truth", true);
            } else if (full) {
                map.put(any(of[0], depth + 1), any(of[1], depth + 1));
            }
            return map;
        }
        if (Set.class.isAssignableFrom(raw)) {
            return full ? Set.of(any(of[0], depth + 1)) : Set.of();
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return full ? List.of(any(of[0], depth + 1)) : List.of();
        }
        throw new IllegalArgumentException("Samples makes no " + raw + " yet");
    }

    private Object record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<Throwable> refusals = new ArrayList<>();
        for (long number : NUMBERS) {
            for (String text : List.of("", "text", "1.2.3")) {
                Object[] values = Arrays.stream(components)
                        .map(component -> value(component.getGenericType(), number, text, depth))
                        .toArray();
                try {
                    Constructor<?> constructor = type.getDeclaredConstructor(types);
                    constructor.setAccessible(true);
                    return constructor.newInstance(values);
                } catch (InvocationTargetException refused) {
                    refusals.add(refused.getCause());
                } catch (ReflectiveOperationException wrong) {
                    throw new LinkageError(wrong.getMessage(), wrong);
                }
            }
        }
        throw new AssertionError("Samples makes no " + type + " that is not refused: " + refusals);
    }

    private Object value(Type type, long number, String text, int depth) {
        if (type == int.class || type == Integer.class) {
            return (int) number;
        }
        if (type == long.class || type == Long.class) {
            return number;
        }
        return type == String.class && !text.isEmpty() ? text : any(type, depth + 1);
    }
}
