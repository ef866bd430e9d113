package io.parley.socketio;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * What must be there and must not be null: what a constructor takes as a primitive, for zero would be a guess, and the
 * components of a record that say nothing else. Jackson's own annotations go first.
 */
final class JacksonNullness extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean said = super.hasRequiredMarker(config, member);
        if (Boolean.TRUE.equals(said) || !(member instanceof AnnotatedParameter parameter)) {
            return said;
        }
        RecordComponent component = componentOf(parameter);
        boolean required = component == null ? member.getRawType().isPrimitive() : isRequired(component);
        return required ? Boolean.TRUE : said;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
        JsonSetter.Value said = super.findSetterInfo(config, member);
        RecordComponent component = member instanceof AnnotatedParameter parameter ? componentOf(parameter) : null;
        return component == null ? said : withNulls(said, component);
    }

    private static JsonSetter.Value withNulls(JsonSetter.Value said, RecordComponent component) {
        JsonSetter.Value with = said;
        if (said.getValueNulls() == Nulls.DEFAULT && isRequired(component)) {
            with = with.withValueNulls(Nulls.FAIL);
        }
        Elements elements = Elements.of(component.getAnnotatedType());
        if (said.getContentNulls() == Nulls.DEFAULT && elements != null && elements.allowsNone()) {
            with = with.withContentNulls(Nulls.FAIL);
        }
        return with;
    }

    private static boolean isRequired(RecordComponent component) {
        return !Nullness.isNullable(component) && Nullness.emptyOf(component.getType()) == null;
    }

    private static @Nullable RecordComponent componentOf(AnnotatedParameter parameter) {
        Class<?> type = parameter.getDeclaringClass();
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                        && parameter.getOwner().getAnnotated() instanceof Executable constructor
                        && isCanonical(constructor, components)
                ? components[parameter.getIndex()]
                : null;
    }

    private static boolean isCanonical(Executable constructor, RecordComponent[] components) {
        return constructor instanceof java.lang.reflect.Constructor<?>
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(components).map(RecordComponent::getType).toArray());
    }
}
