package org.ionstream.surrogate.fno;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.function.UnaryOperator;

/** A change that makes the tiny model unusable, and what the refusal must say. */
record Refusal(String what, UnaryOperator<ModelProto.Builder> change, List<String> inMessage) {

    static Refusal refusal(String what, UnaryOperator<ModelProto.Builder> change, String... inMessage) {
        return new Refusal(what, change, List.of(inMessage));
    }

    byte[] changedModel() {
        return change.apply(TinyModel.builder(TinyModel.card("tiny-1"), 1, 0.5f))
                .build()
                .toByteArray();
    }

    @Override
    public String toString() {
        return what;
    }
}
