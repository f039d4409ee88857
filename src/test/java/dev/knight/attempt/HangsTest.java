package dev.knight.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knight.fake.FakeMeter;
import dev.knight.fake.MemoryJobStore;
import dev.knight.job.Job;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Spent;
import dev.knight.job.Subject;
import dev.knight.job.UnavailableException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HangsTest {
  private static final Mention MENTION =
      new Mention(
          "n1",
          new Subject(new RepositoryName("ada", "engine"), 7),
          Mention.Source.ISSUE_COMMENT,
          7,
          new Person(1, "ada"),
          "Paint the pump",
          "@knight paint it",
          URI.create("https://github.com/ada/engine/issues/7"),
          Instant.parse("2026-11-26T12:00:00Z"));

  private final ScriptedSession session = new ScriptedSession();
  private final List<String> told = new ArrayList<>();

  @Test
  void a_hang_is_told_once_and_when_it_happens() {
    List<String> meanwhile = new ArrayList<>();
    session.says("implement", "done");
    session.does(
        "implement",
        () -> {
          session.hangs("it goes on");
          meanwhile.addAll(told);
        });

    conversation().ask("implement", "please");

    assertThat(meanwhile).containsExactly("stall");
    assertThat(told).isEqualTo(meanwhile);
  }

  @Test
  void a_second_hang_is_told_when_the_prompt_is_given_up() {
    session.says("implement", "done");
    session.does(
        "implement",
        () -> {
          session.hangs("it goes on");
          session.hangsAgain();
        });
    Conversation conversation = conversation();

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> conversation.ask("implement", "please"));

    assertThat(told).containsExactly("stall", "stall");
  }

  private Conversation conversation() {
    Job job = new MemoryJobStore().accept(MENTION, MENTION.at());
    Progress progress =
        new QuietProgress() {
          @Override
          public Job job() {
            return job;
          }

          @Override
          public void tell(String kind, String text) {
            told.add(kind);
          }
        };
    FakeMeter meter = new FakeMeter();
    InstantSource clock = InstantSource.fixed(MENTION.at());
    Limits limits = new Limits(Duration.ofMinutes(9), BigDecimal.TEN, Duration.ofMinutes(5), 2, 3);
    Budget budget = new Budget(limits, Spent.NOTHING, Spent.NOTHING, meter, clock);
    return new Conversation(
        session,
        () -> {},
        new Overseer(budget, () -> "tree", "base", progress, clock, Runnable::run),
        new Reckoning("1", session, meter, progress),
        new Prompts(new Random(7)),
        progress);
  }
}
