package org.ionstream.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The blocks at the beginning of an Avro container file that are there from end to end: number of records, bytes, data, sync
 * marker. Only the lengths and markers are read, and no length is believed that leads out of the file.
 *
 * @param end position after the last of them
 * @param records in them
 */
record WholeBlocks(long end, long records) {
    /** A long as Avro writes it: seven bits a byte, low ones first, zigzag. */
    private static final int LONGEST_NUMBER_BYTES = 10;

    /** @param headerEnd where the first block begins */
    static WholeBlocks of(FileChannel file, long headerEnd, byte[] sync) throws IOException {
        long end = headerEnd;
        long records = 0;
        while (true) {
            ByteBuffer lengths = read(file, end, 2 * LONGEST_NUMBER_BYTES);
            long recordsHere = number(lengths);
            long bytes = number(lengths);
            long markerAt = end + lengths.position() + bytes;
            if (recordsHere < 1 || bytes < 0 || bytes > Integer.MAX_VALUE || markerAt + sync.length > file.size()) {
                return new WholeBlocks(end, records);
            }
            if (!Arrays.equals(read(file, markerAt, sync.length).array(), sync)) {
                return new WholeBlocks(end, records);
            }
            end = markerAt + sync.length;
            records += recordsHere;
        }
    }

    /** As many bytes as there are, at most so many. */
    private static ByteBuffer read(FileChannel file, long position, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, Math.max(0, file.size() - position)));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** -1 if there is none. */
    private static long number(ByteBuffer bytes) {
        long zigzag = 0;
        for (int shift = 0; bytes.hasRemaining() && shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        return -1;
    }
}
