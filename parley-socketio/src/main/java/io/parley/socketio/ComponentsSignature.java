package io.parley.socketio;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument for each component of a record. Immutable. */
final class ComponentsSignature<T extends Record> extends Signature<T> {

    private final Class<T> type;
    private final Constructor<T> constructor;
    private final List<Method> accessors;
    private final List<ArgumentType> arguments;

    private ComponentsSignature(Class<T> type, Constructor<T> constructor) {
        this.type = type;
        this.constructor = constructor;
        RecordComponent[] components = type.getRecordComponents();
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
        arguments = Arrays.stream(components).map(ArgumentType::of).toList();
        open(constructor);
        accessors.forEach(this::open);
    }

    static <T extends Record> ComponentsSignature<T> ofRecord(Class<T> type) {
        if (type.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(
                    type.getName() + " has type parameters (expected: a record whose components have their types)");
        }
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return new ComponentsSignature<>(type, type.getDeclaredConstructor(types));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    type.getName() + " has no canonical constructor (expected: a record)", e);
        }
    }

    private void open(AccessibleObject member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    type.getName() + " is closed (expected: module-info opens " + type.getPackageName()
                            + " to io.parley.socketio)",
                    e);
        }
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public T read(Arguments from) {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).read(from, i);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refusal(e.getCause(), from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static RuntimeException refusal(@Nullable Throwable cause, Arguments from) {
        if (cause instanceof IllegalArgumentException) {
            return from.refused(MismatchException.refused("", cause));
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    @Override
    public @Nullable Object[] toArray(T value) {
        @Nullable Object[] values = new Object[accessors.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).write(component(accessors.get(i), value));
        }
        return values;
    }

    private static @Nullable Object component(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(accessor + " cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
                .collect(joining(", "));
    }
}
