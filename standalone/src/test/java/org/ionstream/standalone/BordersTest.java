package org.ionstream.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between modules and to the libraries: each library stays where its job is. */
@AnalyzeClasses(packages = "org.ionstream", importOptions = DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule EQUATIONS_AND_INTEGRATORS_KNOW_ONLY_HIPPARCHUS = classes()
            .that()
            .resideInAnyPackage("org.ionstream.reference.cell..", "org.ionstream.reference.ode..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.hipparchus..", "org.ionstream.reference.cell..", "org.ionstream.reference.ode..");

    @ArchTest
    static final ArchRule INTEGRATORS_KNOW_NO_CELL_MODELS = noClasses()
            .that()
            .resideInAPackage("org.ionstream.reference.ode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ionstream.reference.cell..");

    @ArchTest
    static final ArchRule NETWORK_ENGINES_STAY_IN_THE_FNO_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackages("org.ionstream.surrogate.fno..", "org.ionstream.trainer.fno..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "ai.onnxruntime..", "ai.onnx..");

    @ArchTest
    static final ArchRule STREAMS_STAY_IN_DRIFT_AND_ITS_WIRING = noClasses()
            .that()
            .resideOutsideOfPackages("org.ionstream.trainer.drift..", "org.ionstream.trainer.retraining..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule THE_MATHEMATICS_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.ionstream.schemas.biomarker..",
                    "org.ionstream.schemas.cell..",
                    "org.ionstream.schemas.protocol..",
                    "org.ionstream.schemas.wire..",
                    "org.ionstream.producer.sampler..",
                    "org.ionstream.producer.pacing..",
                    "org.ionstream.surrogate.fno..",
                    "org.ionstream.trainer.fno..",
                    "org.ionstream.trainer.data..",
                    "org.ionstream.trainer.score..",
                    "org.ionstream.trainer.release..",
                    "org.ionstream.trainer.tuning.search..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_EMBEDDED_BROKER_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("org.ionstream.standalone.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule DRAWING_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("org.ionstream.standalone.plot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm..", "org.apache.batik..", "java.awt..");

    @ArchTest
    static final ArchRule MODULES_DEPEND_ONE_WAY =
            slices().matching("org.ionstream.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SCHEMAS_KNOW_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("org.ionstream.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.ionstream.producer..",
                    "org.ionstream.surrogate..",
                    "org.ionstream.reference..",
                    "org.ionstream.trainer..",
                    "org.ionstream.standalone..");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("org.ionstream.(*).(*)..").should().beFreeOfCycles();
}
