package org.ionstream.schemas.protocol;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Which protocols the reference stage solves unasked: those whose id falls below the share. Every process finds the same
 * ones without a word, and the sample does not depend on what the protocol asks for. The hash is CRC-32 of the id's UTF-8
 * bytes with its bits mixed (the finaliser of MurmurHash3), simple in any language.
 */
public final class UniformAudit {
    private UniformAudit() {}

    /** @param share of all protocols, in [0, 1] */
    public static boolean covers(String id, double share) {
        CRC32 crc = new CRC32();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        int hash = (int) crc.getValue();
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        hash ^= hash >>> 16;
        return (hash & 0xFFFFFFFFL) < share * 0x1p32;
    }
}
