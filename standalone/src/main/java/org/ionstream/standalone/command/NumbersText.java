package org.ionstream.standalone.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Several numbers as one value of an option, between them blanks, commas or colons. */
final class NumbersText implements ITypeConverter<double[]> {
    @Override
    public double[] convert(String text) {
        try {
            return Arrays.stream(text.strip().split("[\\s,:]+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "'%s' is no list of numbers; write them as in \"40 10 1\" or 40:10:1".formatted(text));
        }
    }

    static double[] checked(double[] numbers, int fewest, int most, String meaning) {
        if (numbers.length < fewest || numbers.length > most) {
            throw new IllegalArgumentException("%d numbers, %s; write %s"
                    .formatted(
                            numbers.length,
                            Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" ")),
                            meaning));
        }
        return numbers;
    }
}
