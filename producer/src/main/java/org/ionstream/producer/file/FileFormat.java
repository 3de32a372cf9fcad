package org.ionstream.producer.file;

/** How protocols are written in a file. */
public enum FileFormat {
    /** One JSON object per line, fields as in the Avro schema of StimulusProtocol. */
    JSON_LINES,
    /** One row per pulse; neighbouring rows of the same id are one protocol. */
    CSV,
    /** Sections of Myokit events: level, start, length, period, multiplier. */
    MYOKIT,
    /** One protocol: rows of a time and the current from then on. */
    CURRENT
}
