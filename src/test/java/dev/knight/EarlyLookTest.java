package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knight.agent.Agent;
import dev.knight.agent.Session;
import dev.knight.agent.SessionRequest;
import dev.knight.job.MisconfiguredException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyLookTest {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch tried = new CountDownLatch(1);

  @Test
  void the_agent_is_tried_while_the_work_is_done_and_is_the_one_that_is_used() {
    Agent agent = new Tried(tried);
    Agent another = new Tried(new CountDownLatch(1));

    int code =
        EarlyLook.beside(
            () -> agent,
            () -> {
              assertThat(EarlyLook.agent(() -> another)).isSameAs(agent);
              return isTried() ? 7 : 0;
            });

    assertThat(code).isEqualTo(7);
    assertThat(EarlyLook.agent(() -> another)).isSameAs(another);
  }

  @Test
  void an_agent_that_does_not_start_is_told_of_by_who_asks_again() {
    Agent missing =
        new Tried(tried) {
          @Override
          public void check() {
            super.check();
            throw new MisconfiguredException("There is no pi");
          }
        };

    assertThat(EarlyLook.beside(() -> missing, () -> isTried() ? 7 : 0)).isEqualTo(7);
  }

  @Test
  void an_agent_that_cannot_be_made_is_told_of_by_who_wants_it() {
    MisconfiguredException none = new MisconfiguredException("There is no sandbox");

    assertThatThrownBy(() ->
            EarlyLook.beside(
                () -> {
                  throw none;
                },
                () -> EarlyLook.agent(() -> new Tried(tried)).hashCode()))
        .hasRootCause(none);
  }

  private boolean isTried() {
    try {
      return tried.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  private static class Tried implements Agent {
    private final CountDownLatch tried;

    Tried(CountDownLatch tried) {
      this.tried = tried;
    }

    @Override
    public void check() {
      tried.countDown();
    }

    @Override
    public Session session(SessionRequest request) {
      throw new IllegalStateException("Nobody talks to it");
    }
  }
}
