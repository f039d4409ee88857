package dev.knight.simulation;

import static java.util.Objects.requireNonNull;

import dev.knight.git.SharedObjects;
import dev.knight.github.GitHub;
import dev.knight.github.Page;
import dev.knight.job.JobStore;
import dev.knight.job.UnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that one life of knight calls beyond itself. Before and after each call the world has its
 * way. By proxies, so that a call that is new to an interface is in the game without a word here.
 */
final class Border implements SharedObjects.Wire {
  private static final Set<String> READS =
      Set.of(
          "anchor",
          "unseen",
          "running",
          "held",
          "mentions",
          "unsettled",
          "effects",
          "opened",
          "find",
          "mention",
          "jobs",
          "events",
          "untold",
          "toCheck",
          "writes",
          "onWork");

  private final World world;
  private final Life life;

  Border(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  JobStore store(JobStore durable) {
    return proxy(
        JobStore.class,
        (method, arguments) -> {
          life.live();
          boolean reads =
              READS.contains(method.getName())
                  || (arguments.length == 1
                      && (method.getName().equals("told")
                          || method.getName().equals("configuration")));
          if (method.getName().equals("onWork")) {
            durable.onWork(life::wake);
            return null;
          }
          if (reads) {
            return invoke(durable, method, arguments);
          }
          String call = "store." + method.getName() + Story.detail(arguments);
          world.happens(life, call + " <", false);
          @Nullable Object result = world.sabotage().atStore(life, durable, method, arguments);
          world.watches(result);
          Story.ofStore(method.getName(), arguments, result).ifPresent(this::tell);
          world.happens(life, call + " >", false);
          return result;
        });
  }

  GitHub github(GitHub real) {
    return proxy(
        GitHub.class,
        (method, arguments) -> {
          life.live();
          if (method.getName().equals("quota")) {
            return invoke(real, method, arguments);
          }
          world.obeysLimit();
          Object result =
              through(
                  "github." + method.getName(),
                  () -> {
                    Object answer =
                        requireNonNull(world.sabotage().atGitHub(real, method, arguments));
                    Story.ofGitHub(method.getName(), arguments, answer).ifPresent(this::tell);
                    return answer;
                  });
          return result instanceof Page.Items<?> page ? world.page(page) : result;
        });
  }

  @Override
  public <T> T through(String call, Supplier<T> made) {
    life.live();
    world.happens(life, call + " <", true);
    world.mayLose(call + " is not heard");
    T result = made.get();
    if (call.startsWith("git.")) {
      tell(call + " " + result);
    }
    world.happens(life, call + " >", true);
    world.mayLose("the answer to " + call + " is lost");
    return result;
  }

  private void tell(String line) {
    world.tell(life + " " + line);
  }

  /** A while passes in which much may happen, but nothing gets lost. */
  void passes(String call, String about, long most) {
    life.live();
    tell(call + " " + about);
    world.happens(life, call + " <", true);
    world.pass(1 + world.dice().nextLong(most));
    world.happens(life, call + " >", true);
  }

  /** Knight lets time pass. */
  void waits(Duration wait) {
    life.live();
    tell("waits " + wait);
    world.happens(life, "wait <", true);
    world.pass(wait.toSeconds() + 1);
    world.happens(life, "wait >", true);
  }

  private interface Call {
    @Nullable Object on(Method method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                call.on(method, arguments == null ? new Object[0] : arguments)));
  }

  static @Nullable Object invoke(Object target, Method method, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(thrown);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static UnavailableException away(String what) {
    return new UnavailableException(what, Optional.empty());
  }
}
