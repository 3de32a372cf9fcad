package org.ionstream.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.ionstream.producer.sampler.PaperDistribution;
import org.ionstream.standalone.command.DatasetCreateCommand;
import org.ionstream.standalone.command.DatasetShowCommand;
import org.ionstream.standalone.peeking.trainer.retraining.PeekingRetrainer;
import org.ionstream.trainer.data.DatasetFile;
import org.ionstream.trainer.data.DatasetProtocols;
import org.ionstream.trainer.data.TrainingDataset;
import org.ionstream.trainer.score.PaperTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No model is trained on the test set or chosen by it: only what reports it draws it, or reads it from a file. (That
 * {@link TrainingDataset}, the reader for training, refuses a test set is tested beside it.)
 */
@AnalyzeClasses(packages = "org.ionstream", importOptions = DoNotIncludeTests.class)
class HeldOutTest {
    /** Draws protocols for a bench of the solver. */
    private static final String SOLVER_BENCH = "org.ionstream.standalone.bench.GeneralSubset";

    private static final String[] TRAINING_AND_SELECTION = {
        "..trainer.fno..", "..trainer.release..", "..trainer.retraining..", "..trainer.drift..", "..trainer.tuning.."
    };

    @ArchTest
    static final ArchRule ONLY_REPORTS_DRAW_THE_TEST_SET = noClasses()
            .that(not(belongToAnyOf(PaperDistribution.class, PaperTest.class, DatasetProtocols.class)))
            .and()
            .doNotHaveFullyQualifiedName(SOLVER_BENCH)
            .should()
            .accessTargetWhere(targetOwner(type(PaperDistribution.class)).and(target(name("test"))));

    @ArchTest
    static final ArchRule ONLY_EVALUATE_TAKES_THE_TEST = noClasses()
            .that(not(belongToAnyOf(PaperTest.class)).and(not(resideInAPackage("org.ionstream.standalone.evaluation"))))
            .should()
            .dependOnClassesThat(belongToAnyOf(PaperTest.class));

    @ArchTest
    static final ArchRule ONLY_THE_DATASET_COMMAND_READS_ANY_FILE = noClasses()
            .that(not(resideInAPackage("org.ionstream.trainer.data"))
                    .and(not(belongToAnyOf(DatasetCreateCommand.class, DatasetShowCommand.class))))
            .should()
            .dependOnClassesThat(belongToAnyOf(DatasetFile.class, DatasetProtocols.class));

    @ArchTest
    static final ArchRule TRAINING_AND_SELECTION_DO_NOT_REACH_IT_BY_WAY_OF_OTHERS = noClasses()
            .that()
            .resideInAnyPackage(TRAINING_AND_SELECTION)
            .should()
            .transitivelyDependOnClassesThat(belongToAnyOf(PaperTest.class, DatasetProtocols.class));

    static Stream<ArchRule> rules() {
        return Stream.of(
                ONLY_REPORTS_DRAW_THE_TEST_SET,
                ONLY_EVALUATE_TAKES_THE_TEST,
                ONLY_THE_DATASET_COMMAND_READS_ANY_FILE,
                TRAINING_AND_SELECTION_DO_NOT_REACH_IT_BY_WAY_OF_OTHERS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFindARetrainerThatPeeks(ArchRule rule) {
        JavaClasses peeking = new ClassFileImporter().importClasses(PeekingRetrainer.class);

        assertThat(rule.evaluate(peeking).getFailureReport().getDetails())
                .isNotEmpty()
                .allMatch(detail -> detail.contains(PeekingRetrainer.class.getSimpleName()));
    }
}
