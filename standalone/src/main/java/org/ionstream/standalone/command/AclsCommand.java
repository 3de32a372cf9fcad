package org.ionstream.standalone.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.ionstream.standalone.broker.Answers;
import org.ionstream.standalone.security.StageRights;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The rights of every stage on a broker that asks for them. */
@Command(
        name = "acls",
        mixinStandardHelpOptions = true,
        description =
                "The rights that each stage needs on a broker with an authorizer, one principal for each stage: as lines for "
                        + "kafka-acls.sh, or, with --apply, put there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ionstream acls --bootstrap-servers=kafka:9093",
            "  ionstream acls --stage=surrogate,reference --principal=User:cell- --apply --kafka-config-file=admin.properties"
        })
public final class AclsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--stage",
            split = ",",
            paramLabel = "NAME",
            description =
                    "surrogate, reference, trainer, tuning-worker, user, dashboard; comma-separated. Default: all")
    private List<String> stages = List.of();

    @Option(
            names = "--principal",
            paramLabel = "BEGINNING",
            defaultValue = "User:ionstream-",
            description = "Of the principals' names, before the stage's. Default: ${DEFAULT-VALUE}")
    private String principal;

    @Option(names = "--apply", description = "Adds the rights; none is taken away")
    private boolean apply;

    @Override
    public Integer call() {
        try {
            List<AclBinding> bindings = chosen().stream()
                    .flatMap(rights -> rights
                            .bindings(principal + rights.stage(), kafka.topics().prefix())
                            .stream())
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            if (apply) {
                applied(bindings);
                out.printf("%d rights are there%n", bindings.size());
            } else {
                bindings.forEach(binding -> out.println(line(binding)));
            }
            out.flush();
            return ExitCode.OK;
        } catch (RuntimeException e) {
            return CommandErrors.report(spec, e);
        }
    }

    private List<StageRights> chosen() {
        List<StageRights> all = StageRights.of(kafka.topics());
        List<String> known = all.stream().map(StageRights::stage).toList();
        for (String stage : stages) {
            if (!known.contains(stage)) {
                throw new IllegalArgumentException("--stage is '%s'; choose of %s".formatted(stage, known));
            }
        }
        return stages.isEmpty()
                ? all
                : all.stream().filter(rights -> stages.contains(rights.stage())).toList();
    }

    private void applied(List<AclBinding> bindings) {
        try (Admin admin = Admin.create(kafka.settings().common())) {
            Answers.of(admin.createAcls(bindings).all());
        }
    }

    private static String line(AclBinding binding) {
        String type = switch (binding.pattern().resourceType()) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactional-id";
            case UNKNOWN, ANY, CLUSTER, DELEGATION_TOKEN, USER ->
                throw new IllegalStateException("no stage needs rights to " + binding.pattern());
        };
        return "kafka-acls.sh --add --allow-principal %s --operation %s --%s %s%s"
                .formatted(
                        binding.entry().principal(),
                        binding.entry().operation(),
                        type,
                        binding.pattern().name(),
                        binding.pattern().patternType() == PatternType.PREFIXED
                                ? " --resource-pattern-type prefixed"
                                : "");
    }
}
