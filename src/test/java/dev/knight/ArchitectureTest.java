package dev.knight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

  /** Who may import whom, from the roof to the ground. What is not written here is forbidden. */
  private static final String FLOORS =
      """
      chaos     -> rehearsal cli api bridge home job
      demo      -> rehearsal cli api bridge hygiene home job
      cli       -> api setup doctor systemd sandbox bridge pi hygiene home job
      setup     -> doctor gateway github systemd sandbox hygiene home job
      doctor    -> agent gateway github store bridge systemd sandbox hygiene home job
      web       -> api live memory hygiene home job
      dashboard -> api live memory hygiene home job
      notify    -> api hygiene home job
      metrics   -> github job
      intake    -> memory publish github job
      ci        -> attempt publish github hygiene job
      worker    -> attempt job
      upkeep    -> bridge git home job
      rehearsal -> home job
      attempt   -> policy publish memory agent git github gateway egress sandbox bridge overlay hygiene home job
      policy    -> git job
      publish   -> memory github git hygiene job
      memory    -> hygiene job
      live      -> api bridge pi hygiene home job
      agent     -> sandbox bridge pi home job
      api       -> job
      gateway   -> hygiene home job
      egress    -> job
      github    -> job
      git       -> overlay home job
      store     -> hygiene home job
      sandbox   -> overlay home job
      systemd   -> home job
      bridge    -> pi
      overlay   -> home job
      pi        ->
      home      -> job
      hygiene   -> job
      job       ->
      """;

  private static final String ROOT = "dev.knight";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packages_import_only_what_stands_below_them() {
    Map<String, List<String>> floors = floors();

    floors.forEach((name, allowed) -> {
      String[] forbidden =
          Stream.concat(Stream.of(ROOT), floors.keySet().stream().map(ArchitectureTest::full))
              .filter(other -> !other.equals(full(name)))
              .filter(other -> !allowed.contains(other.substring(other.lastIndexOf('.') + 1)))
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(full(name))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden)
          .allowEmptyShould(true)
          .check(CLASSES);
    });
  }

  @Test
  void packages_do_not_import_each_other_in_a_circle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void every_package_is_in_the_table_and_null_marked() {
    List<JavaPackage> packages =
        CLASSES.getPackage(ROOT).getSubpackagesInTree().stream()
            .filter(found -> !found.getClasses().isEmpty())
            .toList();

    assertThat(packages).hasSizeGreaterThan(1);
    assertThat(packages)
        .allSatisfy(found -> {
          assertThat(floors().keySet()).contains(found.getRelativeName());
          assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue();
        });
  }

  @Test
  void the_words_stand_on_the_jdk_alone() {
    classes()
        .that()
        .resideInAPackage(full("job"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", full("job"), "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void the_bridge_knows_no_framework() {
    noClasses()
        .that()
        .resideInAnyPackage(full("bridge"), full("pi"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothing_is_injected_into_a_field() {
    fields().should().notBeAnnotatedWith(Inject.class).allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void the_rules_saw_the_house() {
    assertThat(CLASSES.size()).isGreaterThan(30);
  }

  private static Map<String, List<String>> floors() {
    Map<String, List<String>> floors = new LinkedHashMap<>();
    FLOORS
        .lines()
        .forEach(row -> {
          String[] sides = row.split("->", 2);
          floors.put(
              sides[0].strip(),
              Arrays.stream(sides[1].strip().split(" +")).filter(s -> !s.isEmpty()).toList());
        });
    return floors;
  }

  private static String full(String name) {
    return ROOT + "." + name;
  }
}
