package io.patop.recording;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells Jackson the cases of a sealed interface by their simple names. An annotation could do the same, but so the
 * domain needs none, and a new case is known at once.
 */
final class SealedCases extends NopAnnotationIntrospector {

    /** The property that names the case. No component of a case may have this name. */
    static final String CASE = "is";

    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("NullAway") // null: none, in Jackson's words
    public TypeResolverBuilder<?> findTypeResolver(MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
        return type.getRawType().isSealed()
                ? new StdTypeResolverBuilder(JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, CASE, null, false, true))
                : null;
    }

    @Override
    @SuppressWarnings("NullAway") // null: none, in Jackson's words
    public List<NamedType> findSubtypes(Annotated annotated) {
        return annotated.getRawType().isSealed()
                ? cases(annotated.getRawType()).stream()
                        .map(type -> new NamedType(type, type.getSimpleName()))
                        .toList()
                : null;
    }

    /** The records that implement the sealed interface, including those of sealed interfaces below it. */
    static List<Class<?>> cases(Class<?> sealed) {
        List<Class<?>> cases = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                cases.addAll(cases(permitted));
            } else {
                cases.add(permitted);
            }
        }
        return cases;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }
}
