package dev.knight.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.job.JobId;
import dev.knight.job.Price;
import dev.knight.job.SpendListener;
import dev.knight.job.Spent;
import dev.knight.job.Tokens;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job has used: through kills, with several questions at once, and never beyond. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountTest {
  private static final Price PRICE =
      Price.flat(
          new Price.Rates(
              new BigDecimal("3"),
              new BigDecimal("15"),
              new BigDecimal("0.3"),
              new BigDecimal("3.75")));

  @TempDir Path directory;

  @Test
  void money_comes_from_tokens_and_prices() throws Exception {
    Account account = account();

    Account.Call call = ask(account, "42", 400, "1000");
    call.uses(new Reading.Result(new Tokens(1000, 100, 10_000, 2000), false));

    assertThat(account.spent().usd()).isEqualByComparingTo("0.0150");
    assertThat(account.spent().inputTokens()).isEqualTo(13_000);
    assertThat(account.spent().outputTokens()).isEqualTo(100);
    assertThat(account.spent("42")).isEqualTo(account.spent());
    assertThat(account.spent("42-review-a")).isEqualTo(Spent.NOTHING);
    assertThat(account.estimated("42")).isEqualTo(Spent.NOTHING);
  }

  @Test
  void an_account_that_is_read_again_is_the_same() throws Exception {
    Account account = account();
    Account.Call first = ask(account, "42", 400, "1000");
    first.uses(new Reading.Result(new Tokens(1000, 100, 10, 20), false));
    first.keep();
    Account.Call second = ask(account, "42-review-a", 400, "1000");
    second.uses(new Reading.Result(new Tokens(50, 5, 0, 0), true));
    second.keep();

    Account again = account();

    assertThat(again.spent()).isEqualTo(account.spent());
    assertThat(again.spent("42")).isEqualTo(account.spent("42"));
    assertThat(again.estimated("42-review-a")).isEqualTo(account.spent("42-review-a"));
    assertThat(again.price("fake-1")).contains(PRICE);
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_question_whose_answer_died_with_the_service_counts_by_its_length() throws Exception {
    Account.Call _ = ask(account(), "42", 4_000_000, "1000");

    Account again = account();

    assertThat(again.spent().inputTokens()).isEqualTo(1_000_001);
    assertThat(again.spent().usd()).isGreaterThan(new BigDecimal("3"));
    assertThat(again.estimated("42")).isEqualTo(again.spent());
  }

  @Test
  void a_question_that_nobody_answered_is_free() throws Exception {
    Account account = account();
    Account.Call call = ask(account, "42", 400, "1000");
    call.isFree();
    call.uses(new Reading.Result(new Tokens(1000, 100, 0, 0), false));
    call.keep();

    assertThat(account.spent().inputTokens()).isZero();
    assertThat(account().spent().inputTokens()).isZero();
  }

  @Test
  void wherever_a_kill_cuts_the_file_nothing_that_was_whole_is_lost() throws Exception {
    Account account = account();
    for (int i = 0; i < 3; i++) {
      Account.Call call = ask(account, "42", 400, "1000");
      call.uses(new Reading.Result(new Tokens(1000, 100, 0, 0), false));
      call.keep();
    }
    byte[] whole = Files.readAllBytes(file());
    Random dice = new Random(7);

    for (int round = 0; round < 60; round++) {
      int cut = dice.nextInt(whole.length);
      Files.write(
          file(), java.util.Arrays.copyOf(whole, cut), StandardOpenOption.TRUNCATE_EXISTING);
      long lines = used(cut, whole);
      Account again = account();
      Account.Call call = ask(again, "42", 4, "1000");
      call.uses(new Reading.Result(new Tokens(7, 1, 0, 0), false));
      call.keep();

      assertThat(account().spent().inputTokens()).isGreaterThanOrEqualTo(1000 * lines + 7);
      assertThat(account().spent()).isEqualTo(again.spent());
    }
  }

  private static long used(int cut, byte[] whole) {
    String text = new String(whole, 0, cut, StandardCharsets.UTF_8);
    return text.lines().filter(line -> line.contains("\"used\"") && line.endsWith("}")).count();
  }

  @Test
  void what_is_said_while_it_passes_counts_at_once_and_only_once() throws Exception {
    Account account = account();
    Account.Call call = ask(account, "42", 400, "1000");

    call.counts(new Tokens(100, 1, 0, 0), false);
    assertThat(account.spent().inputTokens()).isEqualTo(100);
    call.counts(new Tokens(100, 50, 0, 0), true);
    call.uses(new Reading.Result(new Tokens(100, 50, 0, 0), false));
    call.uses(new Reading.Result(new Tokens(100, 50, 0, 0), false));

    assertThat(account.spent().inputTokens()).isEqualTo(100);
    assertThat(account.spent().outputTokens()).isEqualTo(50);
  }

  @Test
  void a_job_that_has_used_what_it_may_asks_nothing_more() throws Exception {
    Account.Admission admission =
        account()
            .admit(
                "42",
                question(400, OptionalLong.of(10)),
                Optional.of(PRICE),
                GatewayWorld.allowance(BigDecimal.ZERO, () -> Optional.of("It is used up.")));

    assertThat(admission)
        .isEqualTo(
            new Account.Refused(
                new Refusal(Refusal.Reason.FAILED_PRECONDITION, "out of budget: It is used up.")));
    assertThat(file()).doesNotExist();
  }

  @Test
  void near_the_end_one_question_is_asked_at_a_time() throws Exception {
    Account account = account();
    Account.Call first = ask(account, "42", 400, "0.01");

    assertThat(admit(account, 400, OptionalLong.of(1000), "0.01"))
        .isInstanceOf(Account.Refused.class);
    first.counts(new Tokens(10, 10, 0, 0), true);

    assertThat(admit(account, 400, OptionalLong.of(10), "0.01")).isInstanceOf(Account.Call.class);
  }

  @Test
  void who_does_not_say_how_long_the_answer_may_be_asks_alone() throws Exception {
    Account account = account();

    assertThat(admit(account, 400, OptionalLong.empty(), "1000")).isInstanceOf(Account.Call.class);
    assertThat(admit(account, 400, OptionalLong.of(1), "1000")).isInstanceOf(Account.Refused.class);
  }

  /** However many are asked at once, at most one goes beyond what is left. */
  @Test
  void no_more_than_one_question_goes_beyond_the_budget() throws Exception {
    Random dice = new Random(11);
    for (int round = 0; round < 200; round++) {
      Account account =
          Account.of(
              new AccountFile(directory.resolve(round + ".jsonl")),
              new JobId(1),
              (_, _, _, _) -> {});
      BigDecimal budget = new BigDecimal("1");
      List<Account.Call> open = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        if (open.isEmpty() || (open.size() < 8 && dice.nextBoolean())) {
          int bytes = 1 + dice.nextInt(60_000);
          int most = 1 + dice.nextInt(8_000);
          BigDecimal left = budget.subtract(account.spent().usd());
          if (account.admit(
                  "42",
                  question(bytes, OptionalLong.of(most)),
                  Optional.of(PRICE),
                  GatewayWorld.allowance(
                      left, () -> left.signum() > 0 ? Optional.empty() : Optional.of("used up")))
              instanceof Account.Call call) {
            open.add(call);
          }
        } else {
          Account.Call call = open.remove(dice.nextInt(open.size()));
          long most = call.question().most().orElseThrow();
          Tokens all = new Tokens(0, most, 0, call.question().body().length());
          call.uses(new Reading.Result(all, false));
        }
      }
      open.forEach(call -> {
        Tokens all =
            new Tokens(0, call.question().most().orElseThrow(), 0, call.question().body().length());
        call.uses(new Reading.Result(all, false));
      });

      assertThat(account.spent().usd()).isLessThan(budget.add(PRICE.most(60_000, 8_000)));
    }
  }

  @Test
  void who_keeps_figures_is_told_what_an_account_knows_when_it_is_opened_again()
      throws IOException {
    Account.Call call = ask(account(), "42", 400, "5");
    call.uses(new Reading.Result(new Tokens(100, 20, 0, 0), false));
    call.keep();
    Map<String, Spent> known = new HashMap<>();
    SpendListener listener =
        new SpendListener() {
          @Override
          public void known(JobId job, String model, Spent total) {
            known.put(job + " " + model, total);
          }

          @Override
          public void used(JobId job, String model, Use use, Spent total) {
            throw new AssertionError("Nothing is asked");
          }
        };

    Account again =
        Account.of(new AccountFile(file()), new JobId(1), SpendListener.all(List.of(listener)));

    assertThat(known).hasSize(1).containsValue(again.spent());
    assertThat(again.spent().inputTokens()).isEqualTo(100);
  }

  private Path file() {
    return directory.resolve("42.jsonl");
  }

  private Account account() throws IOException {
    return Account.of(new AccountFile(file()), new JobId(1), (_, _, _, _) -> {});
  }

  private static Account.Call ask(Account account, String conversation, int bytes, String left) {
    return (Account.Call)
        account.admit(
            conversation,
            question(bytes, OptionalLong.of(100)),
            Optional.of(PRICE),
            GatewayWorld.allowance(new BigDecimal(left), Optional::empty));
  }

  private static Account.Admission admit(
      Account account, int bytes, OptionalLong most, String left) {
    return account.admit(
        "42",
        question(bytes, most),
        Optional.of(PRICE),
        GatewayWorld.allowance(new BigDecimal(left), Optional::empty));
  }

  private static Question question(int bytes, OptionalLong most) {
    return new Question("fake-1", Buffer.buffer(new byte[bytes]), most);
  }
}
