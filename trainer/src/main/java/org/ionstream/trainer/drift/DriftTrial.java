package org.ionstream.trainer.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.message.Calibration;
import org.ionstream.schemas.message.DriftAlert;
import org.ionstream.schemas.message.DriftReport;
import org.ionstream.schemas.message.InputHistogram;
import org.ionstream.surrogate.fno.FnoPredictor;
import org.ionstream.surrogate.fno.OnnxModelFile;
import org.ionstream.surrogate.trust.CalibratedErrors;
import org.ionstream.trainer.data.ReferenceLabels;
import org.ionstream.trainer.trust.MeasuredErrors;
import org.ionstream.trainer.trust.Shifts;
import org.ionstream.trainer.trust.SimulatedAudits;

/**
 * How often drift is declared where there is none, and how soon where there is some: the model's errors on solved protocols,
 * drawn with replacement into streams of audits that go through the same classes as the live ones.
 */
public final class DriftTrial {
    /** Of the paper's validation distribution; no calibration draws with it. */
    private static final long SEED = 7;

    /** Audits of the paper's protocols before a shift. */
    private static final int BEFORE = 500;

    /**
     * @param protocols solved, of the paper's distribution and of each shift
     * @param audits of the stream without drift
     * @param repetitions of each shift
     * @param largestError that the installation serves
     * @param drift what is tried
     */
    public record Settings(int protocols, long audits, int repetitions, double largestError, DriftSettings drift) {
        public Settings {
            if (protocols < 1 || audits < 1 || repetitions < 1) {
                throw new IllegalArgumentException("%d protocols, %d audits, %d repetitions; each must be at least 1"
                        .formatted(protocols, audits, repetitions));
            }
        }
    }

    /**
     * @param falseAlarms in the stream without drift
     * @param leastAuditsPerFalseAlarm with 95 % confidence, of a Poisson process
     */
    public record Report(
            String cellModel,
            String modelId,
            int protocols,
            int auditsPerWindow,
            int persistence,
            long audits,
            int falseAlarms,
            double leastAuditsPerFalseAlarm,
            List<Detection> detections) {}

    /**
     * @param detected of the repetitions
     * @param medianAudits from the shift to the alarm, of those detected; 0 if none was, like the largest
     * @param cause of one of them
     */
    public record Detection(
            String shift, int repetitions, int detected, long medianAudits, long largestAudits, String cause) {}

    private final OnnxModelFile file;
    private final Calibration calibration;
    private final CellModel cellModel;
    private final ReferenceLabels labels;
    private final FnoPredictor.Settings serving;
    private final Settings settings;

    /** @throws IllegalArgumentException if the file has no calibration */
    public DriftTrial(OnnxModelFile file, ReferenceLabels labels, FnoPredictor.Settings serving, Settings settings) {
        this.file = file;
        this.calibration = file.requiredCalibration();
        this.cellModel = CellModels.byId(file.card().cellModel());
        this.labels = labels;
        this.serving = serving;
        this.settings = settings;
    }

    /** @param progress told what comes next */
    public Report run(Consumer<String> progress) {
        CalibratedErrors errors = new CalibratedErrors(calibration, file.card());
        try (FnoPredictor predictor = new FnoPredictor(file, serving)) {
            progress.accept("solving %,d protocols of the paper's distribution".formatted(settings.protocols()));
            MeasuredErrors steady = MeasuredErrors.of(
                    predictor, labels, errors, PaperDistribution.of(cellModel).validation(SEED, settings.protocols()));
            progress.accept("a stream of %,d audits without drift".formatted(settings.audits()));
            int falseAlarms = falseAlarms(steady, errors.inputs());
            List<Detection> detections = new ArrayList<>();
            for (Shifts shift : Shifts.values()) {
                progress.accept("%d streams that become %s".formatted(settings.repetitions(), shift.title(cellModel)));
                MeasuredErrors shifted =
                        MeasuredErrors.of(predictor, labels, errors, shift, SEED, settings.protocols());
                detections.add(detection(shift, steady, shifted, errors.inputs()));
            }
            return new Report(
                    cellModel.id(),
                    file.card().modelId(),
                    settings.protocols(),
                    settings.drift().auditsPerWindow(),
                    settings.drift().persistence(),
                    settings.audits(),
                    falseAlarms,
                    settings.audits() / mostAlarms(falseAlarms),
                    detections);
        }
    }

    /** One stream of audits and what the watch says of it. */
    private final class Stream {
        private final SplittableRandom random;
        private final List<InputHistogram> own;
        private final SimulatedAudits audits = new SimulatedAudits(
                cellModel, file.card().modelId(), file.card().expectedRelativeL2(), settings.largestError());
        private DriftWatch watch = DriftWatch.START;

        Stream(long seed, List<InputHistogram> own) {
            this.random = new SplittableRandom(seed);
            this.own = own;
        }

        Optional<DriftReport> next(MeasuredErrors from) {
            DriftWatch.Step step =
                    watch.after(audits.next(from, random.nextInt(from.size())), own, 0, settings.drift());
            watch = step.next();
            return step.report().filter(report -> report.getAlert() == DriftAlert.RAISED);
        }
    }

    private int falseAlarms(MeasuredErrors steady, List<InputHistogram> own) {
        Stream stream = new Stream(0, own);
        int alarms = 0;
        for (long audit = 0; audit < settings.audits(); audit++) {
            alarms += stream.next(steady).isPresent() ? 1 : 0;
        }
        return alarms;
    }

    private Detection detection(Shifts shift, MeasuredErrors steady, MeasuredErrors shifted, List<InputHistogram> own) {
        long[] waits = new long[settings.repetitions()];
        String cause = "";
        for (int repetition = 0; repetition < waits.length; repetition++) {
            Stream stream = new Stream(1 + repetition, own);
            for (int audit = 0; audit < BEFORE; audit++) {
                stream.next(steady);
            }
            Optional<DriftReport> alarm = Optional.empty();
            while (alarm.isEmpty() && waits[repetition] < settings.protocols()) {
                waits[repetition]++;
                alarm = stream.next(shifted);
            }
            waits[repetition] = alarm.isPresent() ? waits[repetition] : Long.MAX_VALUE;
            cause = alarm.map(DriftReport::getCause).orElse(cause);
        }
        long[] detected = LongStream.of(waits)
                .filter(wait -> wait < Long.MAX_VALUE)
                .sorted()
                .toArray();
        return new Detection(
                shift.title(cellModel),
                waits.length,
                detected.length,
                detected.length == 0 ? 0 : detected[detected.length / 2],
                Arrays.stream(detected).max().orElse(0),
                cause);
    }

    /** Upper 95 % bound of a Poisson mean of which so many were seen, in Wilson and Hilferty's approximation. */
    private static double mostAlarms(int seen) {
        double degrees = seen + 1;
        double root = 1 - 1 / (9 * degrees) + 1.645 / (3 * Math.sqrt(degrees));
        return degrees * root * root * root;
    }
}
