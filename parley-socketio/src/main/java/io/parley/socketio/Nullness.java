package io.parley.socketio;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What may be null: what bears an annotation named {@code Nullable} that is there at run time, JSpecify's above all. */
final class Nullness {

    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Optional.class, Optional.empty(),
            OptionalInt.class, OptionalInt.empty(),
            OptionalLong.class, OptionalLong.empty(),
            OptionalDouble.class, OptionalDouble.empty());

    private Nullness() {}

    /** Whether a component may be null; an optional one may not, it is empty. */
    static boolean isNullable(RecordComponent component) {
        return isAnnotated(component.getAnnotatedType())
                || isAnnotated(component)
                || isAnnotated(component.getAccessor());
    }

    /** Whether a value of the type may be null. */
    static boolean isNullable(AnnotatedType type) {
        return isAnnotated(type);
    }

    /** What stands for "nothing" in a type that has a word for it; null for every other type. */
    static @Nullable Object emptyOf(Class<?> type) {
        return EMPTY.get(type);
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }
}
