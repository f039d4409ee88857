package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.agent.Agent;
import dev.knight.agent.Session;
import dev.knight.agent.SessionRequest;
import dev.knight.job.MisconfiguredException;
import io.quarkus.runtime.StartupEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyLookTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void a_service_begins_to_try_pi_and_does_not_wait_for_it() {
    new EarlyLook(() -> pi(false), true, threads::add).on(new StartupEvent());

    assertThat(looks).hasValue(0);
    threads.remove().run();
    assertThat(looks).hasValue(1);
  }

  @Test
  void that_pi_is_missing_is_for_the_start_itself_to_say() {
    new EarlyLook(() -> pi(true), true, threads::add).on(new StartupEvent());

    threads.remove().run();

    assertThat(looks).hasValue(1);
  }

  @Test
  void a_command_that_asks_one_question_does_not_need_pi() {
    new EarlyLook(() -> pi(false), false, threads::add).on(new StartupEvent());

    assertThat(threads).isEmpty();
  }

  private Agent pi(boolean isMissing) {
    return new Agent() {
      @Override
      public void check() {
        looks.incrementAndGet();
        if (isMissing) {
          throw new MisconfiguredException("There is no pi");
        }
      }

      @Override
      public Session session(SessionRequest request) {
        throw new AssertionError("nobody has a conversation yet");
      }
    };
  }
}
