package org.ionstream.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Schemas that records on the topics may have been written with. A record names its schema only by a fingerprint, so who
 * is to read an old one must have the schema; none of these files is ever changed. A version is added whenever a schema
 * changes that others may have written with.
 */
final class ReleasedSchemas {
    /** Directories of released-schemas; each holds one self-contained schema per message. */
    private static final List<String> VERSIONS = List.of("1");

    private ReleasedSchemas() {}

    /** Oldest first; without the versions that did not have this message yet. */
    static List<Schema> of(String message) {
        List<Schema> released = new ArrayList<>();
        for (String version : VERSIONS) {
            String file = "/released-schemas/%s/%s.avsc".formatted(version, message);
            try (InputStream schema = ReleasedSchemas.class.getResourceAsStream(file)) {
                if (schema != null) {
                    released.add(new Schema.Parser().parse(schema));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return released;
    }
}
