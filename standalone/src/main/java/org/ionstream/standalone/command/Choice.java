package org.ionstream.standalone.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An option's value that names one of a few constants, in upper or lower case, with hyphens or underscores. */
final class Choice {
    private Choice() {}

    /** @throws IllegalArgumentException naming the choices */
    static <E extends Enum<E>> E of(Class<E> choices, String option, String text) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice ->
                        written(choice).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s is '%s'; give one of %s"
                        .formatted(
                                option,
                                text,
                                Arrays.stream(choices.getEnumConstants())
                                        .map(Choice::written)
                                        .collect(Collectors.joining(", ")))));
    }

    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
