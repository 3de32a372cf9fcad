package org.ionstream.standalone.command;

import java.util.concurrent.Callable;
import org.ionstream.standalone.doctor.Doctor;
import org.ionstream.standalone.doctor.DoctorReport;
import org.ionstream.surrogate.fno.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is wrong with an installation, and what to do. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks over an installation and changes nothing: brokers and their features, topics and how they are kept, "
                        + "the schema registry if there is one, rights, whether the newest records are understood, clocks, champions and their bytes, device. Exit "
                        + "code 0 if it can work, else 1.",
        footerHeading = "%nExample:%n",
        footer = "  ionstream doctor --bootstrap-servers=localhost:9092 --device=cuda --format=json")
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ReleaseKeyOptions keys;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "That surrogates are to run on: cpu, cuda or auto. Default: ${DEFAULT-VALUE}")
    private String device;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            ReportFormat format = reporting.format();
            DoctorReport report = new Doctor(
                            kafka.settings(), kafka.topics(), keys.keysIfGiven(), ComputeDevice.parse(device))
                    .look();
            format.print(report, spec.commandLine().getOut(), report::print);
            return report.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }
}
