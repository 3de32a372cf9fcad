package org.ionstream.trainer.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.StimulusProtocol;
import org.ionstream.schemas.protocol.Stimulus;

/**
 * SHA-256 of protocols in order: of each its id, cell model, horizon and pulses, in the encoding of
 * {@link DataOutputStream}. Neither the solutions, whose last bit may depend on the processor, nor what has no influence on
 * them, so that the hash outlives a change of the message's schema. One thread.
 */
final class ProtocolHash {
    private final MessageDigest digest = sha256();
    private final DataOutputStream out =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));

    static String of(List<StimulusProtocol> protocols) {
        ProtocolHash hash = new ProtocolHash();
        protocols.forEach(protocol -> hash.add(Stimulus.of(protocol)));
        return hash.hex();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(Stimulus stimulus) {
        try {
            out.writeUTF(stimulus.id());
            out.writeUTF(stimulus.cellModel().id());
            out.writeDouble(stimulus.protocol().getHorizonMs());
            out.writeInt(stimulus.pulses().size());
            for (Pulse pulse : stimulus.pulses()) {
                out.writeDouble(pulse.getOnsetMs());
                out.writeDouble(pulse.getDurationMs());
                out.writeDouble(pulse.getAmplitude());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all added so far; the last call. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
