package org.ionstream.standalone.doctor;

import java.io.PrintWriter;
import java.util.List;
import org.ionstream.standalone.doctor.Finding.Level;

/** All findings, in the order of looking. */
public record DoctorReport(List<Finding> findings) {
    public DoctorReport {
        findings = List.copyOf(findings);
    }

    /** Whether the installation can work. */
    public boolean isSound() {
        return findings.stream().noneMatch(finding -> finding.level() == Level.FAIL);
    }

    public void print(PrintWriter out) {
        for (Finding finding : findings) {
            out.printf("%-4s  %-8s  %s%n", finding.level(), finding.place(), finding.found());
            if (!finding.remedy().isEmpty()) {
                out.printf("%16s-> %s%n", "", finding.remedy());
            }
        }
        long warnings = findings.stream()
                .filter(finding -> finding.level() == Level.WARN)
                .count();
        long failures = findings.stream()
                .filter(finding -> finding.level() == Level.FAIL)
                .count();
        out.printf("%d looked at, %d to be aware of, %d to be mended%n", findings.size(), warnings, failures);
    }
}
