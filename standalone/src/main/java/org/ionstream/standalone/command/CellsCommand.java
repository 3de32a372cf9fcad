package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.concurrent.Callable;
import org.ionstream.schemas.cell.CellModel;
import org.ionstream.schemas.cell.CellModels;
import org.ionstream.schemas.cell.InitialState;
import org.ionstream.schemas.cell.Parameter;
import org.ionstream.schemas.cell.StateVariable;
import org.ionstream.schemas.cell.Variant;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the catalogue of cell models: what a protocol may name, in which unit and between which bounds. */
@Command(
        name = "cells",
        mixinStandardHelpOptions = true,
        description =
                "Lists the cell models, or prints what a protocol may ask of one: variables, parameters, variants and "
                        + "initial states, with units and bounds.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream cells",
            "  ionstream cells ohara-rudy-2011",
            "  ionstream cells ohara-rudy-2011 --format=json"
        })
public final class CellsCommand implements Callable<Integer> {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "e.g. hodgkin-huxley-1952; none: all cell models are listed")
    private String cellModel;

    @Mixin
    private Reporting reporting;

    @Override
    public Integer call() {
        try {
            print(reporting.format());
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private void print(ReportFormat chosen) {
        PrintWriter out = spec.commandLine().getOut();
        if (cellModel == null) {
            chosen.print(CellModels.all(), out, CellsCommand::list);
            return;
        }
        CellModel model = CellModels.byId(cellModel);
        chosen.print(model, out, text -> describe(model, text));
    }

    private static void list(PrintWriter out) {
        row(out, "%-22s %-22s %9s %10s  %s", "ID", "CELL MODEL", "VARIABLES", "HORIZON", "PAPER");
        for (CellModel model : CellModels.all()) {
            row(
                    out,
                    "%-22s %-22s %9d %7s ms  %s",
                    model.id(),
                    model.title(),
                    model.variables().size(),
                    number(model.horizonMs()),
                    paper(model));
        }
    }

    private static void describe(CellModel model, PrintWriter out) {
        row(out, "%s (%s)", model.title(), model.id());
        row(out, "  paper     %s", paper(model));
        row(out, "  stimulus  %s, positive depolarises", model.stimulusUnit());
        row(
                out,
                "  captured  if V rises through %s",
                number(model.excitability().threshold()));
        row(out, "  horizon   %s ms, output step %s ms", number(model.horizonMs()), number(model.stepMs()));
        variables(model, out);
        row(out, "%nPARAMETERS%n%-16s %-7s %10s  %-14s  %s", "", "UNIT", "PUBLISHED", "ALLOWED", "MEANING");
        for (Parameter parameter : model.variations().parameters()) {
            row(
                    out,
                    "%-16s %-7s %10s  %-14s  %s",
                    parameter.name(),
                    parameter.unit(),
                    number(parameter.published()),
                    range(parameter.lowest(), parameter.highest()),
                    parameter.meaning());
        }
        if (!model.variations().variants().isEmpty()) {
            row(out, "%nVARIANTS (the first is the default)");
            for (Variant variant : model.variations().variants()) {
                row(out, "%-16s %s", variant.name(), variant.meaning());
            }
        }
        row(out, "%nINITIAL STATES (the first is the default)");
        for (InitialState state : model.variations().initialStates()) {
            row(out, "%-16s %s", state.name(), state.source());
        }
    }

    private static void variables(CellModel model, PrintWriter out) {
        StringBuilder header = new StringBuilder(
                "%nVARIABLES%n%-16s %-7s %-14s  %-14s".formatted("", "UNIT", "PREDICTED IN", "MAY START AT"));
        model.variations().initialStates().forEach(state -> header.append(" %12s".formatted(state.name())));
        out.println(header);
        for (StateVariable variable : model.variables()) {
            StringBuilder line = new StringBuilder("%-16s %-7s %-14s  %-14s"
                    .formatted(
                            variable.name(),
                            variable.unit(),
                            range(variable.lowest(), variable.highest()),
                            range(variable.lowestInitial(), variable.highestInitial())));
            for (InitialState state : model.variations().initialStates()) {
                line.append(" %12s".formatted(number(state.values().get(variable.name()))));
            }
            out.println(line);
        }
    }

    private static String paper(CellModel model) {
        return "https://doi.org/" + model.doi();
    }

    private static String range(double lowest, double highest) {
        return number(lowest) + " to " + number(highest);
    }

    /** As short as it can be at twelve digits: a bound may be a product. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : new BigDecimal(value)
                        .round(TWELVE_DIGITS)
                        .stripTrailingZeros()
                        .toString();
    }

    private static void row(PrintWriter out, String layout, Object... cells) {
        out.println(layout.formatted(cells));
    }
}
