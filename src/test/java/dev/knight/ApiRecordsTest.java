package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiRecordsTest {
  @Test
  void every_record_of_the_api_is_readable_in_the_native_executable() {
    List<String> records =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.knight.api")
                .stream()
                .filter(JavaClass::isRecord)
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getName)
                .toList();
    RegisterForReflection registered = ApiRecords.class.getAnnotation(RegisterForReflection.class);

    assertThat(records).hasSizeGreaterThan(20);
    assertThat(Arrays.stream(registered.targets()).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(records);
  }
}
