package dev.knight.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.FakeCollector;
import dev.knight.fake.TestClock;
import dev.knight.job.AttemptListener;
import dev.knight.job.Failure;
import dev.knight.job.Job;
import dev.knight.job.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TracingTest {
  private static final Duration ENOUGH = Duration.ofMinutes(1);

  private final TestClock clock = TestClock.atNoon();

  @Test
  void an_attempt_and_its_steps_are_sent_before_the_end() throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      try (Tracing tracing = Tracing.to(collector.url(), "1.2.3", clock, ENOUGH)) {
        attempt(tracing.listener());
      }

      assertThat(collector.said())
          .contains("service.name", "knight", "service.version", "1.2.3")
          .contains("attempt", "prepare", "implement")
          .contains("knight.repository", "ada/engine", "knight.failure", "knight.outcome")
          .doesNotContain("Engine stalls", "mend it", "boom");
    }
  }

  @Test
  void a_place_may_end_with_a_slash() throws Exception {
    try (FakeCollector collector = new FakeCollector()) {
      URI place = collector.url().resolve("/");
      try (Tracing tracing = Tracing.to(place, "1.2.3", clock, ENOUGH)) {
        attempt(tracing.listener());
      }

      assertThat(collector.said()).contains("prepare");
    }
  }

  @Test
  void a_place_that_says_nothing_keeps_nobody_from_the_end() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI place = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      try (Tracing tracing = Tracing.to(place, "1.2.3", clock, Duration.ofMillis(1))) {
        attempt(tracing.listener());
      }

      silent.setSoTimeout(Math.toIntExact(ENOUGH.toMillis()));
      try (Socket asked = silent.accept()) {
        assertThat(asked.getInputStream().read()).isEqualTo('P');
      }
    }
  }

  @Test
  void without_a_place_there_is_nothing_to_end() {
    try (Tracing tracing = Tracing.NONE) {
      assertThat(tracing.listener()).isSameAs(AttemptListener.NONE);
    }
  }

  private void attempt(AttemptListener traces) {
    Job job = RunningJob.at(clock.instant());
    traces.began(job);
    traces.entered(job, Step.PREPARE);
    traces.entered(job, Step.IMPLEMENT);
    traces.failed(job, new Failure.Bug("boom"));
    traces.ended(job, "retrying");
  }
}
