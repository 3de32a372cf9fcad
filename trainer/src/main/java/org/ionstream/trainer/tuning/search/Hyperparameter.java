package org.ionstream.trainer.tuning.search;

/**
 * One thing that a search varies. Values travel as text, as recipes take them. A search works on coordinates: for a
 * {@link Range} the value or its logarithm, for a {@link Choice} the index.
 */
public sealed interface Hyperparameter permits Range, Choice {
    /** Field of a recipe. */
    String name();

    /** Whether the text is one of its values. */
    boolean contains(String text);

    /** The value at a coordinate; beyond the ends the nearest one. */
    String text(double coordinate);

    /** The coordinate of a value that it contains. */
    double coordinate(String text);

    /** Lowest coordinate. */
    double from();

    /** Highest coordinate; beyond {@link #from}. */
    double to();
}
