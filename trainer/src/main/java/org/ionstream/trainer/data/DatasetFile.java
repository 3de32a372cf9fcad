package org.ionstream.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.ionstream.schemas.message.SolvedProtocol;

/**
 * A data set file: an Avro container file of {@link SolvedProtocol}, each block compressed with Zstandard, whose header has
 * the recipe. Any set, the test set included; training and selection read through {@link TrainingDataset}. Immutable.
 */
public final class DatasetFile {
    private final Path path;
    private final DatasetHeader header;

    private DatasetFile(Path path, DatasetHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Checks the header and that all blocks are there, not yet what is in them.
     *
     * @throws UnusableDatasetException if this is not a whole data set
     */
    public static DatasetFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UnusableDatasetException(
                    path, "is not a file; give one that 'ionstream dataset create' has made");
        }
        try (DataFileReader<SolvedProtocol> reader = reader(path)) {
            DatasetHeader header = DatasetHeader.of(reader);
            requireWhole(path, header, reader.previousSync());
            return new DatasetFile(path, header);
        } catch (UnusableDatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnusableDatasetException(
                    path,
                    "cannot be read as a data set: %s; give a file that 'ionstream dataset create' has made"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    public DatasetRecipe recipe() {
        return header.recipe();
    }

    /** Of the protocols in order, hexadecimal; in the provenance of a model it names the data set. */
    public String protocolsSha256() {
        return header.protocolsSha256();
    }

    /**
     * Reads one after another, in order; each is checked before it is given on, the whole when all have been.
     *
     * @param use may keep what it gets
     * @throws UnusableDatasetException if one is damaged, or they are not those of the header
     */
    public void forEach(Consumer<LabelledProtocol> use) {
        ProtocolHash hash = new ProtocolHash();
        try (DataFileReader<SolvedProtocol> reader = reader(path)) {
            for (int i = 0; i < recipe().count(); i++) {
                LabelledProtocol labelled = next(reader, i);
                hash.add(labelled.stimulus());
                use.accept(labelled);
            }
        } catch (IOException e) {
            throw damaged(0, e);
        }
        if (!hash.hex().equals(protocolsSha256())) {
            throw new UnusableDatasetException(
                    path, "has other protocols than its header says; remove it and make it again");
        }
    }

    /** Whether it was made so. */
    boolean hasHeader(DatasetHeader other) {
        return header.equals(other);
    }

    private LabelledProtocol next(DataFileReader<SolvedProtocol> reader, int record) {
        LabelledProtocol labelled;
        try {
            labelled = LabelledProtocol.of(reader.next());
        } catch (RuntimeException e) {
            throw damaged(record, e);
        }
        if (!labelled.grid().equals(recipe().grid())
                || !labelled.stimulus().cellModel().id().equals(recipe().cellModel())) {
            throw new UnusableDatasetException(
                    path,
                    "has at record %d %s on %s, not %s on %s; remove it and make it again"
                            .formatted(
                                    record,
                                    labelled.stimulus().cellModel().id(),
                                    labelled.grid(),
                                    recipe().cellModel(),
                                    recipe().grid()));
        }
        return labelled;
    }

    private UnusableDatasetException damaged(int record, Exception cause) {
        return new UnusableDatasetException(
                path,
                "is damaged at record %d of %d: %s; remove it and make it again"
                        .formatted(record, recipe().count(), cause.getMessage()),
                cause);
    }

    private static DataFileReader<SolvedProtocol> reader(Path path) throws IOException {
        return new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(SolvedProtocol.class));
    }

    private static void requireWhole(Path path, DatasetHeader header, long headerEnd) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            byte[] sync = new byte[DatasetHeader.SYNC_BYTES];
            file.read(ByteBuffer.wrap(sync), headerEnd - sync.length);
            if (!Arrays.equals(sync, header.sync())) {
                throw new UnusableDatasetException(
                        path, "has a recipe that was changed after it was written; remove it and make it again");
            }
            WholeBlocks blocks = WholeBlocks.of(file, headerEnd, sync);
            if (blocks.records() != header.recipe().count() || blocks.end() != file.size()) {
                throw new UnusableDatasetException(
                        path,
                        "has %d of %d protocols up to byte %d of %d, the rest is missing or damaged; remove it and make it again (a .partial goes on by itself)"
                                .formatted(blocks.records(), header.recipe().count(), blocks.end(), file.size()));
            }
        }
    }
}
