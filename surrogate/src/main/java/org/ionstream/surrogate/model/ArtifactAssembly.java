package org.ionstream.surrogate.model;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ionstream.schemas.message.ModelRelease;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.fno.UnusableModelException;

/** One file being put together from the chunks on the log, whatever else is between them. Owned by one thread. */
final class ArtifactAssembly {
    private static final int MOST_CHUNKS = 1024;

    private final ModelRelease release;
    private final byte[][] chunks;
    private int found;
    private long bytes;

    /** @throws UnusableModelException if the release claims more than is ever loaded */
    ArtifactAssembly(ModelRelease release) {
        long claimed = release.getArtifactBytes();
        int count = release.getArtifactChunks();
        long offset = release.getArtifactOffset();
        if (claimed < 1 || claimed > OnnxModelFile.LARGEST_BYTES || count < 1 || count > MOST_CHUNKS || offset < 0) {
            throw new UnusableModelException(
                    "model %s: %d bytes in %d chunks from offset %d; 1 to %d bytes in 1 to %d chunks are loaded"
                            .formatted(
                                    release.getModelId(),
                                    claimed,
                                    count,
                                    offset,
                                    OnnxModelFile.LARGEST_BYTES,
                                    MOST_CHUNKS));
        }
        this.release = release;
        this.chunks = new byte[count][];
    }

    static byte[] key(String sha256, int chunk) {
        return (sha256 + "/" + chunk).getBytes(StandardCharsets.UTF_8);
    }

    /** @return whether this is a chunk of the file that was missing */
    boolean add(ConsumerRecord<byte[], byte[]> received) {
        int chunk = chunkNumber(received.key());
        if (chunk < 0 || chunks[chunk] != null || received.value() == null) {
            return false;
        }
        chunks[chunk] = received.value();
        found++;
        bytes += received.value().length;
        if (bytes > release.getArtifactBytes()) {
            throw wrongSize();
        }
        return true;
    }

    boolean isComplete() {
        return found == chunks.length;
    }

    /** @throws UnusableModelException if this is not the file that the release names */
    byte[] file() {
        if (bytes != release.getArtifactBytes()) {
            throw wrongSize();
        }
        byte[] file = new byte[(int) bytes];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, file, at, chunk.length);
            at += chunk.length;
        }
        String sha256 = ModelArtifacts.sha256(file);
        if (!sha256.equals(release.getSha256())) {
            throw new UnusableModelException(
                    "the file of model %s has SHA-256 %s, its release says %s; release it again"
                            .formatted(release.getModelId(), sha256, release.getSha256()));
        }
        return file;
    }

    @Override
    public String toString() {
        return "%d of %d chunks of model %s, SHA-256 %s"
                .formatted(found, chunks.length, release.getModelId(), release.getSha256());
    }

    private UnusableModelException wrongSize() {
        return new UnusableModelException("the file of model %s has %d bytes in %d of %d chunks, its release says %d;"
                        .formatted(release.getModelId(), bytes, found, chunks.length, release.getArtifactBytes())
                + " release it again");
    }

    /** -1 if this is no chunk of the file. */
    private int chunkNumber(byte[] key) {
        String prefix = release.getSha256() + "/";
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!text.startsWith(prefix) || !text.substring(prefix.length()).matches("[0-9]{1,4}")) {
            return -1;
        }
        int chunk = Integer.parseInt(text.substring(prefix.length()));
        return chunk < chunks.length ? chunk : -1;
    }
}
