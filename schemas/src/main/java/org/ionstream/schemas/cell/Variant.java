package org.ionstream.schemas.cell;

/**
 * A published variant of a cell model.
 *
 * @param name on the wire
 * @param meaning in a few words
 */
public record Variant(String name, String meaning) {}
