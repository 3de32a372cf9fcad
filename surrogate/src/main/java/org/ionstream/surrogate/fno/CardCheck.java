package org.ionstream.surrogate.fno;

import static org.ionstream.surrogate.fno.GraphCheck.require;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.stream.Stream;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.protocol.ProtocolLimits;

/** Graph, model card and catalogue of cell models must say the same. */
final class CardCheck {
    /** As many as a protocol may ask for; bounds the buffers of the predictor. */
    private static final int MOST_SAMPLES = 20_000;

    private static final String DYNAMIC = "batch";

    private CardCheck() {}

    /** @throws UnusableModelException naming both sides where they differ */
    static ModelCard passed(ModelProto model) {
        ModelCard card = cardOf(model);
        checkText(card);
        checkCatalogue(card);
        checkSignature(model, card);
        return card;
    }

    private static ModelCard cardOf(ModelProto model) {
        List<String> cards = model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(ModelCard.METADATA_KEY))
                .map(StringStringEntryProto::getValue)
                .toList();
        require(
                cards.size() == 1,
                "%d model cards in the ONNX metadata; export with one, under the key %s",
                cards.size(),
                ModelCard.METADATA_KEY);
        ModelCard card;
        try {
            card = ModelCard.fromJson(cards.get(0));
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException(
                    "metadata %s: %s; export the model again".formatted(ModelCard.METADATA_KEY, e.getMessage()), e);
        }
        require(card != null, "metadata %s is null; export the model again", ModelCard.METADATA_KEY);
        return card;
    }

    private static void checkText(ModelCard card) {
        require(
                card.modelId() != null && !card.modelId().isBlank(),
                "model card without modelId; export with a unique one");
        require(
                card.modelId().length() <= ProtocolLimits.LONGEST_ID,
                "model card with a modelId of %d characters; export with at most %d",
                card.modelId().length(),
                ProtocolLimits.LONGEST_ID);
        require(
                Stream.of(card.cellModel(), card.stimulusUnit(), card.recipe(), card.provenance())
                        .allMatch(text -> text != null),
                "model card of %s lacks cellModel, stimulusUnit, recipe or provenance; export with all of them",
                card.modelId());
        require(
                card.expectedRelativeL2() > 0 && Double.isFinite(card.expectedRelativeL2()),
                "model %s expects relative L2 %s; it must be above 0 and finite: measure it on held-out protocols",
                card.modelId(),
                card.expectedRelativeL2());
        require(
                card.samples() <= MOST_SAMPLES,
                "model %s has %d samples; at most %d: choose a larger step",
                card.modelId(),
                card.samples(),
                MOST_SAMPLES);
    }

    private static void checkCatalogue(ModelCard card) {
        CellModel cell = CellModels.find(card.cellModel()).orElse(null);
        require(
                cell != null,
                "model %s is for the unknown cell model '%s'; known are %s",
                card.modelId(),
                card.cellModel(),
                CellModels.knownIds());
        requireSame("variables", card, card.variables(), cell.variableNames());
        requireSame(
                "units",
                card,
                card.units(),
                cell.variables().stream().map(StateVariable::unit).toList());
        requireSame("stimulus unit", card, card.stimulusUnit(), cell.stimulusUnit());
    }

    private static void requireSame(String what, ModelCard card, Object found, Object wanted) {
        require(
                wanted.equals(found),
                "%s of model %s are %s, but %s has %s; train it for this catalogue",
                what,
                card.modelId(),
                found,
                card.cellModel(),
                wanted);
    }

    private static void checkSignature(ModelProto model, ModelCard card) {
        checkTensor(
                "input",
                model.getGraph().getInputList(),
                ModelCard.INPUT,
                List.of(DYNAMIC, String.valueOf(card.samples())));
        checkTensor(
                "output",
                model.getGraph().getOutputList(),
                ModelCard.OUTPUT,
                List.of(DYNAMIC, String.valueOf(card.variables().size()), String.valueOf(card.samples())));
    }

    private static void checkTensor(String side, List<ValueInfoProto> found, String name, List<String> shape) {
        List<String> names = found.stream().map(ValueInfoProto::getName).toList();
        require(
                names.equals(List.of(name)),
                "%ss of the graph are %s; export with the one %s '%s'",
                side,
                names,
                side,
                name);
        TypeProto type = found.get(0).getType();
        int elementType = type.getTensorType().getElemType();
        require(
                type.hasTensorType() && elementType == TensorProto.DataType.FLOAT_VALUE,
                "%s '%s' has ONNX element type %d; export it as float32 (%d)",
                side,
                name,
                elementType,
                TensorProto.DataType.FLOAT_VALUE);
        List<String> dimensions = type.getTensorType().getShape().getDimList().stream()
                .map(CardCheck::dimension)
                .toList();
        require(
                fits(dimensions, shape, name.equals(ModelCard.OUTPUT)),
                "%s '%s' has shape %s, its card asks for %s, batch dynamic; export graph and card together",
                side,
                name,
                dimensions,
                shape);
    }

    /** PyTorch leaves all sizes of an output open; they are seen when the model first runs, before it serves. */
    private static boolean fits(List<String> found, List<String> wanted, boolean mayBeOpen) {
        if (found.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < found.size(); i++) {
            boolean open = mayBeOpen && i > 0 && found.get(i).equals(DYNAMIC);
            if (!open && !found.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String dimension(Dimension dimension) {
        return dimension.hasDimValue() ? String.valueOf(dimension.getDimValue()) : DYNAMIC;
    }
}
