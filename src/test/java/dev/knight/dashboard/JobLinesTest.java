package dev.knight.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.MemoryJobStore;
import dev.knight.hygiene.KnownSecrets;
import dev.knight.hygiene.Redactor;
import dev.knight.job.Job;
import dev.knight.job.JobState.Done;
import dev.knight.job.Mention;
import dev.knight.job.Person;
import dev.knight.job.RepositoryName;
import dev.knight.job.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T07:00:00Z");

  private long next = 7;
  private final MemoryJobStore store = new MemoryJobStore();
  private final JobLines lines =
      new JobLines(
          new Redactor(new KnownSecrets()),
          new DashboardSettings("0.1.0", URI.create("https://github.com"), "knight"));

  @Test
  void a_job_leads_to_its_page_and_to_its_issue() {
    JobLine line = lines.of(job("Mend it"));

    assertThat(line.path()).isEqualTo("/jobs/" + line.id());
    assertThat(line.issue()).isEqualTo("ada/notes#7");
    assertThat(line.issueUrl()).isEqualTo("https://github.com/ada/notes/issues/7");
    assertThat(line.state()).isEqualTo("queued");
    assertThat(line.pullRequestUrl()).isEmpty();
    assertThat(line.changed().text()).isEqualTo("2026-11-26 07:00 UTC");
  }

  @Test
  void a_title_has_no_secret_and_no_sign_that_nobody_sees() {
    String token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    assertThat(lines.of(job("Use " + token + " \u202Eok\u001b[31m\nnow")).title())
        .isEqualTo("Use *** \uFFFDok\uFFFD[31m now");
    assertThat(lines.of(job(" ")).title()).isEqualTo("ada/notes#8");
  }

  @Test
  void only_the_github_that_knight_works_with_is_linked_to() {
    assertThat(lines.of(done("https://github.com/ada/notes/pull/8")).pullRequest()).isEqualTo("#8");
    assertThat(lines.of(done("https://evil.example/ada/notes/pull/8")).pullRequestUrl()).isEmpty();
    assertThat(lines.isOnGitHub(URI.create("javascript:alert(1)"))).isFalse();
    assertThat(lines.isOnGitHub(URI.create("http://github.com/ada"))).isFalse();
    assertThat(lines.isOnGitHub(URI.create("https://github.com.evil.example/"))).isFalse();
  }

  @Test
  void what_a_job_waits_for_is_told_in_a_few_words() {
    Job running = store.claim(job("Mend it").id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    Job asking = store.replace(running, running.ask("x".repeat(500), NOW), List.of()).orElseThrow();

    assertThat(lines.of(asking).words()).hasSize(241).endsWith("…");
  }

  private Job done(String page) {
    Job running = store.claim(job("Mend it").id(), "w", NOW.plusSeconds(60), NOW).orElseThrow();
    Job done = running.finish(new Done(URI.create(page), false, "It is done."), NOW);
    return store.replace(running, done, List.of()).orElseThrow();
  }

  /** Each of another issue, from 7 on. */
  private Job job(String title) {
    long number = next++;
    return store.accept(
        new Mention(
            "node-" + number,
            new Subject(new RepositoryName("ada", "notes"), number),
            Mention.Source.COMMAND,
            number,
            new Person(7, "ada"),
            title,
            "do it",
            URI.create("https://github.com/ada/notes/issues/7"),
            NOW),
        NOW);
  }
}
