package org.ionstream.reference;

import java.nio.file.Path;
import java.util.List;
import org.ionstream.reference.truth.Truth;

/** Where the independent trajectories are: some in this repository, the complete set on some machines. */
final class TruthFolders {
    private static final Path BUNDLED = Path.of("src/test/resources/truth");
    private static final Path COMPLETE = Path.of("../../shared/truth");

    private TruthFolders() {}

    /** Those in this repository whose file name starts so. */
    static List<Truth> bundled(String start) {
        return Truth.read(BUNDLED, start);
    }

    static boolean isCompleteSetThere() {
        return Truth.isIn(COMPLETE);
    }

    /** Those of the complete set whose file name starts so. */
    static List<Truth> complete(String start) {
        return Truth.read(COMPLETE, start);
    }
}
