package org.ionstream.producer.file;

/**
 * A line of a protocol file.
 *
 * @param file name
 * @param line from 1
 */
record Place(String file, long line) {
    ProtocolFileException wrong(String what) {
        return wrong(what, null);
    }

    ProtocolFileException wrong(String what, Throwable cause) {
        return new ProtocolFileException("%s, line %d: %s".formatted(file, line, what), cause);
    }
}
