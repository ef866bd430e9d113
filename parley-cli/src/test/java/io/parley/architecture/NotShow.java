package io.parley.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Types that must not show in what others see of a class: supertypes, public and protected fields and signatures. */
final class NotShow extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> hidden;

    NotShow(DescribedPredicate<JavaClass> hidden) {
        super("not show classes that " + hidden.getDescription());
        this.hidden = hidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaType> supertypes = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
        report(type, type.getName(), supertypes, events);
        type.getMembers().stream()
                .filter(NotShow::canBeSeen)
                .forEach(member -> report(type, member.getFullName(), typesOf(member), events));
    }

    private void report(JavaClass type, String where, Stream<JavaType> shown, ConditionEvents events) {
        shown.flatMap(seen -> seen.getAllInvolvedRawTypes().stream())
                .filter(hidden)
                .forEach(seen -> events.add(SimpleConditionEvent.violated(type, where + " shows " + seen.getName())));
    }

    private static boolean canBeSeen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit method = (JavaCodeUnit) member;
        return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream());
    }
}
