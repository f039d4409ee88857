package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.egress.JobNetwork;
import dev.knight.fake.FakeMeter;
import dev.knight.fake.MemoryJobStore;
import dev.knight.fake.TestMirror;
import dev.knight.git.BranchName;
import dev.knight.git.GitLimits;
import dev.knight.git.Mirror;
import dev.knight.git.Mirrors;
import dev.knight.git.Worktree;
import dev.knight.home.KnightHome;
import dev.knight.job.Assumption;
import dev.knight.job.Assumption.Fate;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.StoredMention;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import dev.knight.publish.CommitStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssumedTest {
  private static final RepositoryName ENGINE = new RepositoryName("ada", "engine");
  private static final Subject ISSUE = new Subject(ENGINE, 7);
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(9), BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);
  private static final String TASK = "implement n1";
  private static final String ASKS =
      block(
          "question",
          "{\"question\": \"Colour?\", \"default\": \"red\", \"reversible\": true},"
              + "{\"question\": \"Size?\", \"default\": \"small\", \"reversible\": true}");
  private static final String DONE = block("changed", "");

  @TempDir private Path directory;
  private final MemoryJobStore store = new MemoryJobStore();
  private final ScriptedSession session = new ScriptedSession();
  private Mirrors mirrors;
  private Worktree worktree;
  private Job job;

  @BeforeEach
  void start() throws IOException {
    KnightHome home = new KnightHome(directory.resolve("home"));
    mirrors = new Mirrors(home, _ -> Optional.empty(), GitLimits.standard(), () -> NOON);
    job = store.accept(mention("n1", "@knight paint it"), NOON);
    store.delivered(List.of("n1"));
    worktree =
        mirror().worktree(job.id(), TestMirror.commit(mirror().path(), "README.md", "Engine"));
    session.says(TASK, ASKS);
    session.does(TASK, () -> write("before.md"));
    session.says("assume " + TASK, DONE);
    session.does("assume " + TASK, () -> write("after.md"));
  }

  @AfterEach
  void stop() {
    mirrors.close();
  }

  @Test
  void what_can_be_undone_is_gone_on_with_and_noted_with_the_way_back() {
    Answer answer = task(Questions.GO_ON);

    assertThat(answer.outcome()).contains(Answer.Outcome.CHANGED);
    assertThat(session.asked.keySet()).containsExactly(TASK, "assume " + TASK);
    assertThat(assumptions()).extracting(Assumption::fate).containsExactly(Fate.OPEN, Fate.OPEN);
    assertThat(assumptions().getFirst().point().orElseThrow().entry()).isEqualTo("entry 1");
    assertThat(task(Questions.WAIT)).as("after a restart").isEqualTo(answer);
    assertThat(assumptions()).hasSize(2);
  }

  @Test
  void what_cannot_be_undone_waits_with_all_the_questions_and_so_does_a_knight_that_waits() {
    session.says(
        "implement n0",
        block(
            "changed",
            "{\"question\": \"Colour?\", \"default\": \"red\", \"reversible\": true},"
                + "{\"question\": \"Drop the data?\", \"default\": \"no\"}"));

    assertThat(ask("implement n0", Questions.GO_ON).asks()).isTrue();
    assertThat(task(Questions.WAIT).asks()).isTrue();

    assertThat(session.asked.keySet()).containsExactly("implement n0", TASK);
    assertThat(assumptions()).isEmpty();
  }

  @Test
  void who_has_added_something_may_have_answered_already() {
    store.accept(mention("n2", "@knight blue"), NOON);

    assertThat(task(Questions.GO_ON).asks()).isTrue();

    assertThat(session.asked.keySet()).containsExactly(TASK);
  }

  @Test
  void who_is_done_and_asks_all_the_same_is_not_asked_again() {
    session.says(
        TASK,
        block(
            "changed", "{\"question\": \"Colour?\", \"default\": \"red\", \"reversible\": true}"));

    assertThat(task(Questions.GO_ON).asks()).isFalse();

    assertThat(session.asked.keySet()).containsExactly(TASK);
    assertThat(assumptions())
        .containsExactly(new Assumption(1, TASK, "Colour?", "red", Optional.empty(), Fate.OPEN));
  }

  @Test
  void who_asks_on_and_on_is_not_gone_on_with() {
    for (int round = 1; round < 6; round++) {
      session.says(
          "assume ".repeat(round) + TASK,
          block(
              "question",
              "{\"question\": \"What of %d?\", \"default\": \"x\", \"reversible\": true}"
                  .formatted(round)));
    }

    assertThat(task(Questions.GO_ON).asks()).isTrue();

    assertThat(session.asked).hasSize(4);
  }

  @Test
  void an_answer_that_differs_undoes_what_came_after_the_question() {
    Answer before = task(Questions.GO_ON);
    StoredMention answer = answered("@knight blue", "{\"differs\": [1], \"more\": false}");
    session.says("redo n2", DONE);

    Optional<Answer> after = hears(answer, before);

    assertThat(after).isPresent();
    assertThat(session.back).containsExactly("entry 1");
    assertThat(worktree.path().resolve("before.md")).exists();
    assertThat(worktree.path().resolve("after.md")).doesNotExist();
    assertThat(assumptions()).extracting(Assumption::fate).containsExactly(Fate.CHANGED, Fate.OPEN);
    assertThat(session.asked.get("redo n2"))
        .startsWith("You are back")
        .contains("Colour?\nNot: red", "Size?\nAssume: small");
    assertThat(store.mentions(job.id())).allMatch(StoredMention::delivered);
  }

  @Test
  void a_crash_in_the_middle_of_going_back_comes_to_the_same_end() {
    Answer before = task(Questions.GO_ON);
    StoredMention answer = answered("@knight blue", "{\"differs\": [1], \"more\": false}");
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> hears(answer, before));
    write("half.md");

    session.says("redo n2", DONE);
    session.does("redo n2", () -> write("redone.md"));
    hears(answer, task(Questions.GO_ON));
    hears(answer, task(Questions.GO_ON));

    assertThat(session.back).as("not once it is being redone").hasSize(2);
    assertThat(worktree.path().resolve("half.md")).doesNotExist();
    assertThat(worktree.path().resolve("redone.md")).exists();
    assertThat(assumptions()).extracting(Assumption::fate).containsExactly(Fate.CHANGED, Fate.OPEN);
  }

  @Test
  void what_was_asked_after_the_point_is_void() {
    session.says(
        "assume " + TASK,
        block("question", "{\"question\": \"Gloss?\", \"default\": \"no\", \"reversible\": true}"));
    session.says("assume assume " + TASK, DONE);
    Answer before = task(Questions.GO_ON);
    session.says("redo n2", DONE);

    hears(answered("@knight large", "{\"differs\": [2], \"more\": false}"), before);

    assertThat(assumptions())
        .extracting(Assumption::fate)
        .containsExactly(Fate.OPEN, Fate.CHANGED, Fate.VOID);
  }

  @Test
  void an_answer_that_agrees_changes_nothing() {
    Answer before = task(Questions.GO_ON);
    StoredMention answer = answered("@knight red", "{\"confirms\": [1], \"more\": false}");

    assertThat(hears(answer, before)).contains(before);
    assertThat(hears(answer, before)).contains(before);

    assertThat(session.back).isEmpty();
    assertThat(assumptions())
        .extracting(Assumption::fate)
        .containsExactly(Fate.CONFIRMED, Fate.OPEN);
  }

  @Test
  void words_that_want_more_or_have_nothing_to_do_with_it_are_told_as_any_others() {
    StoredMention first = answered("@knight also polish it", "{\"more\": true}");
    assertThat(hears(first, Answer.of(DONE))).as("nothing is assumed").isEmpty();
    assertThat(session.asked).isEmpty();
    store.delivered(List.of("n2"));

    Answer before = task(Questions.GO_ON);

    assertThat(hears(first, before)).isEmpty();
    assertThat(session.asked).containsKey("weigh n2");
  }

  private Answer task(Questions manner) {
    return ask(TASK, manner);
  }

  private Answer ask(String key, Questions manner) {
    Conversation conversation = conversation();
    return assumed(conversation, manner).goOn(key, Answer.of(conversation.ask(key, "Do it")));
  }

  private Optional<Answer> hears(StoredMention mention, Answer before) {
    return assumed(conversation(), Questions.GO_ON)
        .answered(mention, mention.mention().text(), before);
  }

  /** Ada says {@code words}, and the agent makes {@code weighed} of them. */
  private StoredMention answered(String words, String weighed) {
    store.accept(mention("n2", words), NOON);
    session.says("weigh n2", "```json\n" + weighed + "\n```");
    return store.mentions(job.id()).getLast();
  }

  private List<Assumption> assumptions() {
    return store.assumptions(job.id());
  }

  /** As after a restart: the journal and the store are all that is left. */
  private Assumed assumed(Conversation conversation, Questions manner) {
    return new Assumed(
        conversation, new Prompts(new Random(7)), store, progress(), place(), manner);
  }

  private Conversation conversation() {
    FakeMeter meter = new FakeMeter();
    InstantSource clock = InstantSource.fixed(NOON);
    Budget budget = new Budget(LIMITS, Spent.NOTHING, Spent.NOTHING, meter, clock);
    Overseer overseer =
        new Overseer(budget, () -> "tree", "base", progress(), clock, Runnable::run);
    Reckoning reckoning = new Reckoning("1", session, meter, progress());
    return new Conversation(
        session, () -> {}, overseer, reckoning, new Prompts(new Random(7)), progress());
  }

  private Progress progress() {
    return new QuietProgress() {
      @Override
      public Job job() {
        return store.find(job.id()).orElseThrow();
      }
    };
  }

  private Workplace place() {
    return new Workplace(
        mirror(),
        worktree,
        new BranchName("main"),
        new BranchName("knight/7"),
        Brief.of(ENGINE, mention("n1", "@knight paint it"), List.of(), List.of()),
        RepositoryConfig.NONE,
        "",
        LIMITS,
        directory,
        JobNetwork.none(),
        CommitStyle.NONE);
  }

  private void write(String file) {
    try {
      Files.writeString(worktree.path().resolve(file), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Mirror mirror() {
    return mirrors.mirror(ENGINE, URI.create("http://127.0.0.1:1/ada/engine.git"));
  }

  private static Mention mention(String id, String text) {
    return new Mention(
        id,
        ISSUE,
        Mention.Source.ISSUE_COMMENT,
        7,
        new Person(1, "ada"),
        "Paint the pump",
        text,
        URI.create("https://github.com/ada/engine/issues/7"),
        NOON);
  }

  private static String block(String outcome, String questions) {
    return "```json\n{\"outcome\": \"%s\", \"title\": \"t\", \"questions\": [%s]}\n```"
        .formatted(outcome, questions);
  }
}
