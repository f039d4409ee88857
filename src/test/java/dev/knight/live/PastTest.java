package dev.knight.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.fake.MemoryJobStore;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.JobId;
import dev.knight.job.Secret;
import dev.knight.live.Past.Item;
import dev.knight.live.Past.Mark;
import dev.knight.live.Past.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PastTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "the-secret-of-the-test";
  private static final JobId JOB = new JobId(7);

  @TempDir private Path directory;

  private final MemoryJobStore store = new MemoryJobStore();
  private KnightHome home = new KnightHome(Path.of("/nowhere"));

  @BeforeEach
  void start() throws IOException {
    home = new KnightHome(directory);
    home.make(home.recordings());
  }

  @Test
  void a_call_has_its_result_and_nothing_has_a_secret() throws Exception {
    journal("7", start("c1"), end("c1", "all of " + SECRET), start("c2"));

    Page page = page(Optional.empty(), 10);

    assertThat(page.items())
        .extracting(item -> item.line().kind())
        .containsExactly(Kind.CALL, Kind.CALL);
    assertThat(page.items().getFirst().result().orElseThrow().detail()).isEqualTo("all of ***");
    assertThat(page.items().getLast().result()).isEmpty();
    assertThat(page.earlier()).isEmpty();
    assertThat(page.position()).hasToString("7.3");
  }

  @Test
  void thoughts_are_told_beside_what_is_said() throws Exception {
    journal(
        "7",
        pi(
            "{\"type\":\"message_end\",\"message\":{\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"thinking\",\"thinking\":\"Hm, "
                + SECRET
                + "\"},{\"type\":\"text\",\"text\":\"I see.\"}],\"stopReason\":\"stop\"}}"));

    LiveLine said = page(Optional.empty(), 10).items().getFirst().line();

    assertThat(said.text()).isEqualTo("I see.");
    assertThat(said.detail()).isEqualTo("Hm, ***");
  }

  @Test
  void it_is_read_backwards_page_by_page_over_all_conversations_and_the_story() throws Exception {
    journal("7", IntStream.range(0, 25).mapToObj(i -> said("main " + i)).toArray(String[]::new));
    journal("7-review-1", said("review 0"), said("review 1"));
    journal("77", said("another job"));
    store.tell(List.of(Event.of(JOB, NOON.plusSeconds(3), "mention", "ada added: more")));

    List<String> read = new ArrayList<>();
    Optional<Mark> mark = Optional.empty();
    int pages = 0;
    do {
      Page page = page(mark, 10);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(10);
      read.addAll(0, page.items().stream().map(item -> item.line().text()).toList());
      mark = page.earlier().map(Mark::toString).map(Mark::parse);
      pages++;
    } while (mark.isPresent());

    assertThat(pages).isEqualTo(3);
    assertThat(read)
        .hasSize(28)
        .doesNotHaveDuplicates()
        .startsWith("main 0", "review 0", "main 1", "review 1")
        .contains("ada added: more")
        .endsWith("main 24");
  }

  @Test
  void what_ends_on_a_later_page_is_known_on_the_one_where_it_began() throws Exception {
    journal("7", start("c1"), said("a"), said("b"), end("c1", "done"));
    Page last = page(Optional.empty(), 2);

    Page before = page(last.earlier(), 2);

    assertThat(last.items()).extracting(Item::result).containsOnly(Optional.empty());
    assertThat(before.items()).hasSize(1);
    assertThat(before.items().getFirst().result().orElseThrow().detail()).isEqualTo("done");
  }

  @Test
  void very_long_answers_do_not_pile_up() throws Exception {
    String[] answers =
        IntStream.range(0, 30).mapToObj(_ -> said("x".repeat(400_000))).toArray(String[]::new);
    journal("7", answers);

    Page page = page(Optional.empty(), 100);

    assertThat(page.items()).hasSizeBetween(5, 12);
    assertThat(page.earlier()).isPresent();
  }

  @Test
  void nothing_is_passed_over_where_one_conversation_is_very_long_and_another_is_not()
      throws Exception {
    journal(
        "7",
        IntStream.range(0, 7)
            .mapToObj(i -> said(i + " " + "x".repeat(900_000)))
            .toArray(String[]::new));
    journal("7-review-1", said("review 0"), said("review 1"));

    List<String> read = new ArrayList<>();
    Optional<Mark> mark = Optional.empty();
    do {
      Page page = page(mark, 100);
      read.addAll(0, page.items().stream().map(it -> it.line().text().split(" x", 2)[0]).toList());
      mark = page.earlier();
    } while (mark.isPresent());

    assertThat(read)
        .hasSize(9)
        .doesNotHaveDuplicates()
        .startsWith("0", "review 0", "1", "review 1", "2")
        .endsWith("6");
  }

  @Test
  void a_place_is_no_other_text() {
    assertThatThrownBy(() -> Mark.parse("2026~7~x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mark.parse("9-9T~7~1")).isInstanceOf(IllegalArgumentException.class);
  }

  private Page page(Optional<Mark> mark, int most) throws IOException {
    Redactor redactor = new Redactor(new KnownSecrets(new Secret(SECRET)));
    return new Past(store, home, redactor).page(JOB, mark, most);
  }

  private void journal(String name, String... facts) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < facts.length; i++) {
      lines.append(
          "{\"seq\":%d,\"at\":\"%s\",%s}\n".formatted(i + 1, NOON.plusSeconds(i), facts[i]));
    }
    Files.writeString(home.recording(name), lines);
  }

  private static String start(String call) {
    return pi(
        "{\"type\":\"tool_execution_start\",\"toolCallId\":\"%s\",\"toolName\":\"bash\",\"args\":{}}"
            .formatted(call));
  }

  private static String end(String call, String output) {
    return pi(
        ("{\"type\":\"tool_execution_end\",\"toolCallId\":\"%s\",\"toolName\":\"bash\","
                + "\"isError\":false,\"durationMs\":120,\"result\":{\"content\":["
                + "{\"type\":\"text\",\"text\":\"%s\"}]}}")
            .formatted(call, output));
  }

  private static String pi(String record) {
    return "\"kind\":\"pi\",\"record\":" + record;
  }

  private static String said(String text) {
    return pi(
        "{\"type\":\"message_end\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"%s\"}],\"stopReason\":\"stop\"}}".formatted(text));
  }
}
