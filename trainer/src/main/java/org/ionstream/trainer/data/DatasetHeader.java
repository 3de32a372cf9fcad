package org.ionstream.trainer.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.ionstream.schemas.message.SolvedProtocol;
import org.ionstream.schemas.message.StimulusProtocol;

/**
 * What stands before the records of a data set file. Avro's sync marker, which ends every block, follows from the recipe and
 * the protocols, where Avro takes a random one; so the same recipe makes the same file, and a header that was changed shows.
 *
 * @param recipe of the data set
 * @param recipeJson as written
 * @param protocolsSha256 {@link ProtocolHash}
 */
record DatasetHeader(DatasetRecipe recipe, String recipeJson, String protocolsSha256) {
    static final int SYNC_BYTES = 16;

    private static final String RECIPE = "ionstream.recipe";
    private static final String PROTOCOLS_SHA256 = "ionstream.protocols.sha256";
    /** Bytes before compression: what a kill loses at most, and enough for the compression to be at its best. */
    private static final int BLOCK_BYTES = 1 << 18;

    private static final int ZSTANDARD_LEVEL = 3;

    static DatasetHeader of(DatasetRecipe recipe, List<StimulusProtocol> protocols) {
        String sha256 = ProtocolHash.of(protocols);
        FrozenSets.check(recipe, sha256);
        return new DatasetHeader(recipe, recipe.toJson(), sha256);
    }

    /** @throws IllegalArgumentException if it is an Avro file of something else, or a frozen set with other protocols */
    static DatasetHeader of(DataFileStream<?> file) {
        String recipeJson = file.getMetaString(RECIPE);
        String sha256 = file.getMetaString(PROTOCOLS_SHA256);
        if (recipeJson == null || sha256 == null) {
            throw new IllegalArgumentException(
                    "an Avro file without %s and %s in its header".formatted(RECIPE, PROTOCOLS_SHA256));
        }
        DatasetRecipe recipe = DatasetRecipe.fromJson(recipeJson);
        FrozenSets.check(recipe, sha256);
        return new DatasetHeader(recipe, recipeJson, sha256);
    }

    byte[] sync() {
        byte[] hash =
                ProtocolHash.sha256().digest((recipeJson + "\n" + protocolsSha256).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(hash, SYNC_BYTES);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<SolvedProtocol> writer = writer(bytes)) {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes this header, then records. Every block has a checksum. */
    DataFileWriter<SolvedProtocol> writer(OutputStream out) throws IOException {
        DataFileWriter<SolvedProtocol> writer = new DataFileWriter<>(new SpecificDatumWriter<>(SolvedProtocol.class));
        writer.setCodec(CodecFactory.zstandardCodec(ZSTANDARD_LEVEL, true));
        writer.setSyncInterval(BLOCK_BYTES);
        writer.setMeta(RECIPE, recipeJson);
        writer.setMeta(PROTOCOLS_SHA256, protocolsSha256);
        return writer.create(SolvedProtocol.getClassSchema(), out, sync());
    }
}
