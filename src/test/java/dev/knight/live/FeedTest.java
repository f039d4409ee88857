package dev.knight.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.api.LiveLine;
import dev.knight.api.LiveLine.Kind;
import dev.knight.api.LivePosition;
import dev.knight.api.NoSuchJobException;
import dev.knight.fake.MemoryJobStore;
import dev.knight.home.KnightHome;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Event;
import dev.knight.job.Job;
import dev.knight.job.JobId;
import dev.knight.job.JobState;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Secret;
import dev.knight.job.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "the-secret-of-the-test";

  @TempDir private Path directory;

  private final MemoryJobStore store = new MemoryJobStore();
  private KnightHome home = new KnightHome(Path.of("/nowhere"));
  private JobId job = new JobId(1);

  @BeforeEach
  void finished() throws IOException {
    home = new KnightHome(directory);
    home.make(home.recordings());
    Subject subject = new Subject(new RepositoryName("ada", "engine"), 7);
    Mention mention =
        new Mention(
            "n1",
            subject,
            Mention.Source.COMMAND,
            7,
            new Person(1, "ada"),
            "Greet",
            "fix it, " + SECRET,
            URI.create("https://github.com/ada/engine/issues/7"),
            NOW);
    job = store.accept(mention, NOW).id();
    store.tell(List.of(Event.of(job, NOW, "accepted", "ada asked: fix it, " + SECRET)));
    Job running = store.claim(job, "w", NOW.plusSeconds(60), NOW).orElseThrow();
    store.replace(running, running.finish(new JobState.NoChange("It is so."), NOW), List.of());
  }

  @Test
  void what_was_said_and_done_is_told_to_the_end_without_secrets() throws Exception {
    journal(
        job.toString(),
        "\"kind\":\"prompt\",\"key\":\"implement n1\",\"attempt\":1",
        pi(
            "{\"type\":\"tool_execution_start\",\"toolCallId\":\"c1\",\"toolName\":\"edit\","
                + "\"args\":{\"path\":\"a.txt\",\"edits\":[{\"oldText\":\"x\",\"newText\":\"%s\"}]}}"
                    .formatted(SECRET)),
        pi(
            "{\"type\":\"tool_execution_end\",\"toolCallId\":\"c1\",\"toolName\":\"edit\","
                + "\"isError\":false,\"durationMs\":120,\"result\":{\"content\":[]}}"),
        pi(said("All is well.")));
    journal(job + "-review-1", pi(said("Good.")));

    List<LiveLine> told = told(LivePosition.NONE);

    assertThat(told)
        .extracting(LiveLine::kind)
        .contains(Kind.EVENT, Kind.ASKED, Kind.CALL, Kind.RESULT, Kind.SAID)
        .endsWith(Kind.END);
    assertThat(told)
        .filteredOn(line -> line.kind() == Kind.CALL)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.text()).isEqualTo("a.txt");
          assertThat(call.detail()).isEqualTo("-x\n+***\n");
        });
    assertThat(told)
        .filteredOn(line -> line.session().equals(job + "-review-1"))
        .extracting(LiveLine::text)
        .containsExactly("Good.");
    assertThat(told.getLast().text()).isEqualTo("It is so.");
    assertThat(told.toString()).doesNotContain(SECRET);
  }

  @Test
  void a_secret_is_found_where_a_long_command_is_cut_and_where_lines_are_marked() throws Exception {
    String key =
        "-----BEGIN RSA PRIVATE KEY-----\\n%s\\n-----END RSA PRIVATE KEY-----"
            .formatted("c2VjcmV0".repeat(8));
    journal(
        job.toString(),
        pi(
            "{\"type\":\"tool_execution_start\",\"toolCallId\":\"c1\",\"toolName\":\"bash\","
                + "\"args\":{\"command\":\"%s %s\",\"content\":\"%s\"}}"
                    .formatted("x".repeat(150), SECRET, key)));

    List<LiveLine> told = told(LivePosition.NONE);

    assertThat(told)
        .filteredOn(line -> line.kind() == Kind.CALL)
        .singleElement()
        .satisfies(call -> {
          assertThat(call.text()).endsWith("x ***").doesNotContain("the-");
          assertThat(call.detail()).isEqualTo("+***\n");
        });
  }

  @Test
  void who_was_cut_off_goes_on_without_hearing_anything_twice() throws Exception {
    journal(job.toString(), pi(said("One.")), pi(said("Two.")), pi(said("Three.")));
    List<LiveLine> all = told(LivePosition.NONE);
    LivePosition cut = LivePosition.NONE;
    for (LiveLine line : all.subList(0, all.size() - 1)) {
      if (!line.text().equals("Three.")) {
        cut = cut.after(line);
      }
    }

    assertThat(told(LivePosition.parse(cut.toString())))
        .extracting(LiveLine::text)
        .containsExactly("Three.", "It is so.");
  }

  @Test
  void who_comes_late_sees_the_last_screenful() throws Exception {
    journal(
        job.toString(),
        IntStream.range(0, 500).mapToObj(i -> pi(said("Word " + i))).toArray(String[]::new));

    List<LiveLine> told = told(LivePosition.NONE);

    assertThat(told).hasSizeLessThanOrEqualTo(45);
    assertThat(told).extracting(LiveLine::text).contains("Word 499").doesNotContain("Word 400");
  }

  @Test
  void there_must_be_such_a_job() {
    job = new JobId(99);

    assertThatThrownBy(() -> told(LivePosition.NONE)).isInstanceOf(NoSuchJobException.class);
  }

  private List<LiveLine> told(LivePosition position) throws Exception {
    List<LiveLine> told = new ArrayList<>();
    Redactor redactor = new Redactor(new KnownSecrets(new Secret(SECRET)));
    try (Feed feed = new Feed(job, position, store, home, redactor, InstantSource.fixed(NOW))) {
      feed.follow(told::add);
    }
    return told;
  }

  private void journal(String name, String... facts) throws IOException {
    String lines =
        IntStream.range(0, facts.length)
            .mapToObj(i -> "{\"seq\":%d,\"at\":\"%s\",%s}\n".formatted(i + 1, NOW, facts[i]))
            .collect(Collectors.joining());
    Files.writeString(home.recording(name), lines);
  }

  private static String pi(String record) {
    return "\"kind\":\"pi\",\"record\":" + record;
  }

  private static String said(String text) {
    return "{\"type\":\"message_end\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
        + "\"text\":\"%s\"}],\"stopReason\":\"stop\"}}".formatted(text);
  }
}
