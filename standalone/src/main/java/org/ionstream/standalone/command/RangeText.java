package org.ionstream.standalone.command;

import org.ionstream.producer.Range;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A range as an option's value: LOW..HIGH, or one number. */
final class RangeText implements ITypeConverter<Range> {
    private static final String TO = "..";

    /** @throws TypeConversionException saying how to write it */
    @Override
    public Range convert(String text) {
        int at = text.indexOf(TO);
        double from;
        double to;
        try {
            from = Double.parseDouble(at < 0 ? text : text.substring(0, at));
            to = at < 0 ? from : Double.parseDouble(text.substring(at + TO.length()));
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'%s' is not a range; write LOW..HIGH, such as 0.5..2, or one number".formatted(text));
        }
        try {
            return new Range(from, to);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
