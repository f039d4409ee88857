package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every earlier schema, with rows in it, becomes the newest one without losing any of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrationTest {
  @TempDir Path home;

  static Stream<String> schemas() {
    return OldStore.schemas().stream();
  }

  @Test
  void the_newest_schema_is_known_without_a_look_at_the_migrations() {
    assertThat(Schema.NEWEST).isEqualTo(OldStore.schemas().getLast());
  }

  @Test
  void the_first_schema_has_rows_in_every_table() throws Exception {
    OldStore first = OldStore.make(home, OldStore.schemas().getFirst());

    assertThat(first.rows()).hasSize(8).allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());
  }

  @Test
  void the_jobs_go_on_with_the_number_that_the_sequence_had_come_to() throws Exception {
    OldStore store = OldStore.make(home, "022");
    String highest =
        store.rows().getOrDefault("JOB", List.of()).stream()
            .map(row -> row.getOrDefault("ID", ""))
            .max(Comparator.comparing(Long::valueOf))
            .orElseThrow();

    store.migrate("latest");

    assertThat(store.rows().getOrDefault("JOB_NUMBER", List.of()))
        .extracting(row -> row.get("NEWEST"))
        .containsExactly(highest);
    store.close();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void a_store_of_every_schema_keeps_its_rows(String schema) throws Exception {
    OldStore store = OldStore.make(home, schema);
    Map<String, List<Map<String, String>>> before = store.rows();

    store.migrate("latest");

    Map<String, List<Map<String, String>>> after = store.rows();
    assertThat(after).containsKeys(before.keySet().toArray(String[]::new));
    before.forEach((table, rows) -> {
      List<Map<String, String>> kept = after.getOrDefault(table, List.of());
      assertThat(kept).as(table).hasSameSizeAs(rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(kept.get(i)).as(table).containsAllEntriesOf(rows.get(i));
      }
    });
    assertThat(store.disagreement()).isEmpty();
    store.close();
  }
}
