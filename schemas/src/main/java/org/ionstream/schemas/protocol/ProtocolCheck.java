package org.ionstream.schemas.protocol;

import static org.ionstream.schemas.protocol.ProtocolLimits.LONGEST_ID;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.Parameter;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.cell.Variations;
import org.ionstream.schemas.message.Pulse;
import org.ionstream.schemas.message.SampledCurrent;
import org.ionstream.schemas.message.StimulusProtocol;

/** The rules of a stimulus protocol, each with its message. */
final class ProtocolCheck {
    private static final int MOST_TAGS = 16;
    private static final int LONGEST_TAG = 256;
    /** Pulses computed as onset + period * k touch each other within rounding. */
    static final double ROUNDING_MS = 1e-9;

    private final StimulusProtocol protocol;
    private final ProtocolLimits limits;

    ProtocolCheck(StimulusProtocol protocol, ProtocolLimits limits) {
        this.protocol = protocol;
        this.limits = limits;
    }

    Stimulus passed() {
        checkIdentity();
        checkTags();
        checkVariables();
        checkConditions();
        checkAnswer();
        checkAccuracy();
        checkPulses();
        if (protocol.getSampledCurrent() != null) {
            checkSampledCurrent(protocol.getSampledCurrent());
        }
        return Stimulus.checked(protocol);
    }

    private void checkIdentity() {
        int length = protocol.getId().length();
        require(length >= 1 && length <= LONGEST_ID, "id has %d characters; 1 to %d are allowed", length, LONGEST_ID);
        require(
                CellModels.find(protocol.getCellModel()).isPresent(),
                "unknown cell model '%s'; known are %s",
                abbreviated(protocol.getCellModel()),
                CellModels.knownIds());
    }

    private void checkTags() {
        require(
                protocol.getTags().size() <= MOST_TAGS,
                "%d tags; at most %d are carried",
                protocol.getTags().size(),
                MOST_TAGS);
        protocol.getTags()
                .forEach((key, value) -> require(
                        key.length() <= LONGEST_TAG && value.length() <= LONGEST_TAG,
                        "tag '%s' has a key of %d and a value of %d characters; at most %d each are carried",
                        abbreviated(key),
                        key.length(),
                        value.length(),
                        LONGEST_TAG));
    }

    private void checkVariables() {
        CellModel model = CellModels.byId(protocol.getCellModel());
        List<String> wanted = protocol.getVariables();
        for (String variable : wanted) {
            require(
                    model.variableNames().contains(variable),
                    "%s has no variable '%s'; it has %s",
                    model.id(),
                    abbreviated(variable),
                    model.variableNames());
        }
        require(
                new HashSet<>(wanted).size() == wanted.size(),
                "%d variables are wanted, one of them twice; name each once",
                wanted.size());
    }

    private void checkAccuracy() {
        Double wanted = protocol.getRelativeL2Wanted();
        require(
                wanted == null || wanted > 0 && Double.isFinite(wanted),
                "the largest relative L2 error wanted is %s; give a positive number, or none for any accuracy",
                wanted);
    }

    private void checkConditions() {
        CellModel model = CellModels.byId(protocol.getCellModel());
        Variations variations = model.variations();
        require(
                protocol.getVariant().isEmpty()
                        || variations.variant(protocol.getVariant()).isPresent(),
                "%s has no variant '%s'; it has %s",
                model.id(),
                abbreviated(protocol.getVariant()),
                variations.variantNames());
        require(
                variations.initialState(protocol.getPublishedState()).isPresent(),
                "%s has no published initial state '%s'; it has %s",
                model.id(),
                abbreviated(protocol.getPublishedState()),
                variations.initialStateNames());
        protocol.getParameters().forEach((name, value) -> checkParameter(model, name, value));
        protocol.getInitialState().forEach((name, value) -> checkInitialValue(model, name, value));
    }

    private void checkParameter(CellModel model, String name, double value) {
        Optional<Parameter> parameter = model.variations().parameter(name);
        require(
                parameter.isPresent(),
                "%s has no parameter '%s'; it has %s",
                model.id(),
                abbreviated(name),
                model.variations().parameterNames());
        parameter.ifPresent(known -> require(
                known.allows(value),
                "parameter %s is %s; it must be in [%s, %s], published is %s",
                name,
                Conditions.quantity(value, known.unit()),
                known.lowest(),
                known.highest(),
                known.published()));
    }

    private void checkInitialValue(CellModel model, String name, double value) {
        Optional<StateVariable> variable = model.variable(name);
        require(
                variable.isPresent(),
                "%s has no variable '%s' to start from; it has %s",
                model.id(),
                abbreviated(name),
                model.variableNames());
        variable.ifPresent(known -> require(
                known.startsAt(value),
                "initial %s is %s; it must be in [%s, %s]",
                name,
                Conditions.quantity(value, known.unit()),
                known.lowestInitial(),
                known.highestInitial()));
    }

    private void checkAnswer() {
        double horizon = protocol.getHorizonMs();
        double step = protocol.getOutputStepMs();
        require(
                horizon > 0 && horizon <= limits.horizonMs(),
                "horizonMs is %s; it must be above 0 and at most %s",
                horizon,
                limits.horizonMs());
        require(
                step > 0 && step <= horizon,
                "outputStepMs is %s; it must be above 0 and at most the horizon, %s",
                step,
                horizon);
        double samples = Math.ceil(horizon / step);
        require(
                samples <= limits.outputSamples(),
                "%.0f output samples (horizon %s ms / step %s ms); at most %d: choose a larger outputStepMs",
                samples,
                horizon,
                step,
                limits.outputSamples());
        int variables = protocol.getVariables().isEmpty()
                ? CellModels.byId(protocol.getCellModel()).variables().size()
                : protocol.getVariables().size();
        require(
                4 * samples * variables <= limits.outputBytes(),
                "%d variables x %.0f samples are %.0f bytes; at most %d: ask for fewer variables or a larger outputStepMs",
                variables,
                samples,
                4 * samples * variables,
                limits.outputBytes());
    }

    private void checkPulses() {
        List<Pulse> pulses = protocol.getPulses();
        require(
                pulses.size() <= limits.pulses(),
                "%d pulses; at most %d: send a sampled current instead",
                pulses.size(),
                limits.pulses());
        double previousEnd = 0;
        for (int i = 0; i < pulses.size(); i++) {
            Pulse pulse = pulses.get(i);
            double onset = pulse.getOnsetMs();
            double duration = pulse.getDurationMs();
            double amplitude = pulse.getAmplitude();
            require(
                    onset >= 0 && onset <= limits.horizonMs(),
                    "pulse %d starts at %s ms; it must start in [0, %s]",
                    i,
                    onset,
                    limits.horizonMs());
            require(
                    duration >= 0 && duration <= limits.horizonMs(),
                    "pulse %d lasts %s ms; it must last 0 to %s",
                    i,
                    duration,
                    limits.horizonMs());
            require(
                    Math.abs(amplitude) <= limits.amplitude(),
                    "pulse %d has amplitude %s; it must be within +-%s",
                    i,
                    amplitude,
                    limits.amplitude());
            require(
                    onset >= previousEnd - ROUNDING_MS,
                    "pulse %d starts at %s ms, before the one ahead of it ends at %s ms; order them, and add up overlaps",
                    i,
                    onset,
                    previousEnd);
            previousEnd = onset + duration;
        }
    }

    private void checkSampledCurrent(SampledCurrent current) {
        List<Float> values = current.getValues();
        require(
                protocol.getPulses().isEmpty(),
                "%d pulses and a sampled current; send one of them",
                protocol.getPulses().size());
        require(
                values.size() <= limits.currentSamples(),
                "sampled current of %d values; at most %d",
                values.size(),
                limits.currentSamples());
        require(
                current.getStepMs() > 0 && current.getStepMs() <= limits.horizonMs(),
                "sampled current with step %s ms; it must be above 0 and at most %s",
                current.getStepMs(),
                limits.horizonMs());
        for (int i = 0; i < values.size(); i++) {
            require(
                    Math.abs(values.get(i)) <= limits.amplitude(),
                    "sampled current is %s at sample %d; it must be within +-%s",
                    values.get(i),
                    i,
                    limits.amplitude());
        }
    }

    private void require(boolean holds, String rule, Object... numbers) {
        if (!holds) {
            throw new InvalidProtocolException(
                    "protocol '%s': %s".formatted(abbreviated(protocol.getId()), rule.formatted(numbers)));
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID) + "...";
    }
}
