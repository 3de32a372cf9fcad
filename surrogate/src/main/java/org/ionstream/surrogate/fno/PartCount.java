package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the parts of a protobuf file (nodes, names, numbers) before it is parsed: an empty node is two bytes in the file and a
 * hundred in memory, so that a file of honest size may unfold to gigabytes.
 */
final class PartCount {
    /** A hundred times those of the bundled champions. */
    private static final int MOST_PARTS = 200_000;

    private static final int DEEPEST = 32;

    private int parts;

    private PartCount() {}

    /** @throws UnusableModelException if there are too many; what is not protobuf at all is left to the parser */
    static void check(byte[] bytes) {
        try {
            new PartCount().count(CodedInputStream.newInstance(bytes), ModelProto.getDescriptor(), 0);
        } catch (IOException e) {
            return; // the parser says what is wrong
        }
    }

    private void count(CodedInputStream in, Descriptor type, int depth) throws IOException {
        require(depth <= DEEPEST, "messages nested %d deep; export the model again", depth);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                add(1);
                in.skipField(tag);
                continue;
            }
            int length = in.readRawVarint32();
            if (field != null && field.getJavaType() == JavaType.MESSAGE) {
                add(1);
                int outside = in.pushLimit(length);
                count(in, field.getMessageType(), depth + 1);
                in.popLimit(outside);
            } else {
                add(isPackedVarints(field) ? 1 + length / Long.BYTES : 1);
                in.skipRawBytes(length);
            }
        }
    }

    /** Of a byte in the file and eight in memory. */
    private static boolean isPackedVarints(FieldDescriptor field) {
        return field != null
                && field.isPackable()
                && field.isRepeated()
                && field.getJavaType() != JavaType.FLOAT
                && field.getJavaType() != JavaType.DOUBLE;
    }

    private void add(int more) {
        parts += more;
        require(
                parts <= MOST_PARTS,
                "more than %d nodes, names and numbers in the ONNX file; export a smaller graph, its weights as raw data",
                MOST_PARTS);
    }
}
