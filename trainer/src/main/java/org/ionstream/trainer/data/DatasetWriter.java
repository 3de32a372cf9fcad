package org.ionstream.trainer.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.avro.file.DataFileWriter;
import org.ionstream.schemas.message.SolvedProtocol;

/**
 * Writes a data set to FILE.partial and, when it is whole, moves it to FILE. What an earlier writer of the same header left
 * in FILE.partial is kept as far as its blocks are whole. One thread; another process is kept out by a lock.
 */
final class DatasetWriter implements AutoCloseable {
    private final Path file;
    private final Path partial;
    private final FileChannel channel;
    private final DataFileWriter<SolvedProtocol> writer;
    private long written;

    /** @throws UncheckedIOException if the file cannot be written */
    static DatasetWriter open(Path file, DatasetHeader header) {
        Path partial = partial(file);
        try {
            FileChannel channel = FileChannel.open(
                    partial, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                return new DatasetWriter(file, channel, header);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write %s (%s); name a file in a folder that can be written to".formatted(partial, e), e);
        }
    }

    static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    private DatasetWriter(Path file, FileChannel channel, DatasetHeader header) throws IOException {
        this.file = file;
        this.partial = partial(file);
        this.channel = channel;
        lock();
        byte[] headerBytes = header.bytes();
        if (!hasHeader(headerBytes)) {
            channel.truncate(0).position(0);
            channel.write(ByteBuffer.wrap(headerBytes));
        }
        WholeBlocks blocks = WholeBlocks.of(channel, headerBytes.length, header.sync());
        channel.truncate(blocks.end()).position(blocks.end());
        this.written = blocks.records();
        this.writer = header.writer(new WithoutFirst(Channels.newOutputStream(channel), headerBytes.length));
    }

    /** Records in the file or on their way to it. */
    int written() {
        return (int) written;
    }

    void append(SolvedProtocol message) {
        try {
            writer.append(message);
            written++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts the whole file in its place, at once. */
    void finish() {
        try {
            writer.flush();
            channel.force(true);
            writer.close();
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whole blocks stay in FILE.partial. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // The same refusal, by this process itself.
        }
        throw new IllegalStateException(
                "%s is being written by someone else; wait for them, or name another file".formatted(partial));
    }

    /** A file that ends within the header is as good as none. */
    private boolean hasHeader(byte[] header) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate((int) Math.min(header.length, channel.size()));
        while (begin.hasRemaining() && channel.read(begin, begin.position()) >= 0) {}
        int same = Arrays.mismatch(begin.array(), header);
        if (same >= 0 && same < begin.capacity()) {
            throw new IllegalArgumentException(
                    "%s was begun with another recipe; repeat the command it was begun with, or remove it"
                            .formatted(partial));
        }
        return same < 0;
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "cannot write %s (%s); make room and repeat the command: it goes on from there".formatted(partial, e),
                e);
    }

    /** Drops the first bytes, the header that Avro's writer begins with and the file already has. */
    private static final class WithoutFirst extends FilterOutputStream {
        private int left;

        private WithoutFirst(OutputStream out, int bytes) {
            super(out);
            this.left = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int dropped = Math.min(left, length);
            left -= dropped;
            out.write(bytes, offset + dropped, length - dropped);
        }
    }
}
