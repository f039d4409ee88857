package dev.knight.gateway;

import dev.knight.job.JobId;
import dev.knight.job.Price;
import dev.knight.job.SpendListener;
import dev.knight.job.Spent;
import dev.knight.job.Tokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one job has used, and its questions under way. Each question is written down before it is
 * asked, and what it used after that: a service that is killed in between counts it by its length.
 */
final class Account implements Meter {
  private static final Logger LOG = Logger.getLogger(Account.class);

  private static final Tally NOTHING = new Tally(Spent.NOTHING, Spent.NOTHING);

  /** What a conversation has used, and what of it is guessed. */
  private record Tally(Spent spent, Spent estimated) {
    Tally plus(Tally more) {
      return new Tally(spent.plus(more.spent), estimated.plus(more.estimated));
    }

    Tally minus(Tally less) {
      return new Tally(spent.minus(less.spent), estimated.minus(less.estimated));
    }
  }

  private final AccountFile file;
  private final JobId job;
  private final SpendListener listener;
  private final Map<String, Spent> models = new ConcurrentHashMap<>();
  private final Map<String, Tally> conversations = new ConcurrentHashMap<>();
  private final AtomicReference<Spent> total = new AtomicReference<>(Spent.NOTHING);
  private final Map<String, Price> prices = new ConcurrentHashMap<>();
  private final Set<Call> open = new HashSet<>();
  private long last;

  private Account(AccountFile file, JobId job, SpendListener listener) {
    this.file = file;
    this.job = job;
    this.listener = listener;
  }

  /** The account of {@code job} that {@code file} has, or an empty one. */
  static Account of(AccountFile file, JobId job, SpendListener listener) throws IOException {
    Account account = new Account(file, job, listener);
    account.load(file.read());
    account.models.forEach((model, total) -> listener.known(job, model, total));
    return account;
  }

  private void load(AccountFile.Content content) {
    Map<Long, AccountFile.Asked> asked = new HashMap<>();
    content
        .asked()
        .forEach(line -> {
          last = Math.max(last, line.number());
          asked.put(line.number(), line);
        });
    content
        .used()
        .forEach(line -> {
          AccountFile.Asked question = asked.remove(line.number());
          if (question != null) {
            add(question, tally(line.tokens(), line.usd(), line.estimated()));
          }
        });
    // Their answers were cut off together with the service.
    asked.values().forEach(line -> add(line, tally(line.tokens(), line.usd(), true)));
    content.prices().forEach(prices::putIfAbsent);
  }

  @Override
  public Spent spent() {
    return total.get();
  }

  @Override
  public Spent spent(String conversation) {
    return conversations.getOrDefault(conversation, NOTHING).spent();
  }

  @Override
  public Spent estimated(String conversation) {
    return conversations.getOrDefault(conversation, NOTHING).estimated();
  }

  /** The price at which this job has asked {@code model} before. */
  Optional<Price> price(String model) {
    return Optional.ofNullable(prices.get(model));
  }

  /** Why a question may not be asked now; or it is on record, and may. */
  sealed interface Admission permits Call, Refused {}

  /** Nothing is on record. */
  record Refused(Refusal refusal) implements Admission {}

  /**
   * Puts a question on record. While others are under way it must fit into what is left even if it
   * and they use all that they may, so that no more than one question goes beyond it.
   */
  Admission admit(
      String conversation, Question question, Optional<Price> price, Allowance allowance) {
    Optional<Refusal> refusal = refusal(allowance);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    Call call;
    synchronized (open) {
      BigDecimal left = allowance.left();
      Optional<BigDecimal> reserve = most(question, price);
      if (!open.isEmpty() && !fits(reserve, left)) {
        return new Refused(
            new Refusal(
                Refusal.Reason.RESOURCE_EXHAUSTED,
                "Little is left of the budget: one question at a time"));
      }
      call = new Call(++last, conversation, question, price, reserve);
      open.add(call);
    }
    try {
      file.note(call.asked());
      note(question.model(), price);
      return call;
    } catch (IOException e) {
      LOG.errorf("%s cannot be written, so the model is not asked: %s", file, e.getMessage());
      call.isOver();
      return new Refused(
          new Refusal(Refusal.Reason.UNAVAILABLE, "knight cannot write down what is asked"));
    }
  }

  private static Optional<Refusal> refusal(Allowance allowance) {
    return allowance
        .refusal()
        .map(sentence ->
            new Refusal(Refusal.Reason.FAILED_PRECONDITION, "out of budget: " + sentence));
  }

  private boolean fits(Optional<BigDecimal> reserve, BigDecimal left) {
    BigDecimal all = reserve.orElse(left);
    for (Call call : open) {
      all = all.add(call.reserve().orElse(left));
    }
    return reserve.isPresent() && all.compareTo(left) < 0;
  }

  /** A token has at least one byte. */
  private static Optional<BigDecimal> most(Question question, Optional<Price> price) {
    OptionalLong most = question.most();
    if (most.isEmpty()) {
      return Optional.empty();
    }
    long read = question.body().length();
    return Optional.of(
        price
            .map(known -> known.most(read, most.getAsLong()))
            .orElseGet(() -> new Spent(read, most.getAsLong(), BigDecimal.ZERO).counted()));
  }

  private void note(String model, Optional<Price> price) throws IOException {
    if (price.isPresent() && !price.get().equals(prices.get(model))) {
      prices.put(model, price.get());
      file.note(model, price.get());
    }
  }

  private void add(AccountFile.Asked question, Tally used) {
    add(question.conversation(), used);
    models.merge(question.model(), used.spent(), Spent::plus);
  }

  private void add(String conversation, Tally more) {
    conversations.merge(conversation, more, Tally::plus);
    total.accumulateAndGet(more.spent(), Spent::plus);
  }

  private static Tally tally(Tokens tokens, BigDecimal usd, boolean estimated) {
    Spent spent = new Spent(tokens.read(), tokens.output(), usd);
    return new Tally(spent, estimated ? spent : Spent.NOTHING);
  }

  /** One question on record. For one thread after the other. */
  final class Call implements Admission {
    private final long number;
    private final String conversation;
    private final Question question;
    private final Optional<Price> price;
    private final Optional<BigDecimal> most;
    private Tally counted = NOTHING;
    private volatile boolean told;
    private AccountFile.@Nullable Used used;

    private Call(
        long number,
        String conversation,
        Question question,
        Optional<Price> price,
        Optional<BigDecimal> most) {
      this.number = number;
      this.conversation = conversation;
      this.question = question;
      this.price = price;
      this.most = most;
    }

    /** What is passed on. */
    Question question() {
      return question;
    }

    private AccountFile.Asked asked() {
      Tokens guess = Reading.guess(question.body().length());
      return new AccountFile.Asked(number, conversation, question.model(), guess, usd(guess));
    }

    /** Without the lock: who asks holds another. */
    private Optional<BigDecimal> reserve() {
      return told ? Optional.of(BigDecimal.ZERO) : most;
    }

    /** Counts what the answer has said so far; {@code all} if that is all. */
    synchronized void counts(Tokens tokens, boolean all) {
      if (used == null) {
        told = told || all;
        count(tally(tokens, usd(tokens), false));
      }
    }

    /** The answer is over, and used {@code result}; what comes later changes nothing. */
    synchronized void uses(Reading.Result result) {
      if (used == null) {
        BigDecimal usd = usd(result.tokens());
        used = new AccountFile.Used(number, result.tokens(), usd, result.estimated());
        count(tally(result.tokens(), usd, result.estimated()));
        isOver();
        Spent total = models.merge(question.model(), counted.spent(), Spent::plus);
        listener.used(job, question.model(), new SpendListener.Use(result.tokens(), usd), total);
      }
    }

    /** There was no answer that anybody pays for. */
    void isFree() {
      uses(new Reading.Result(Tokens.NONE, false));
    }

    private void isOver() {
      synchronized (open) {
        open.remove(this);
      }
    }

    /** Writes down how it ended, which may take a moment. */
    void keep() {
      AccountFile.Used end;
      synchronized (this) {
        end = used;
      }
      if (end == null) {
        return;
      }
      try {
        file.note(end);
      } catch (IOException e) {
        LOG.errorf("%s cannot be written: %s", file, e.getMessage());
      }
    }

    private void count(Tally now) {
      add(conversation, now.minus(counted));
      counted = now;
    }

    private BigDecimal usd(Tokens tokens) {
      return price.map(known -> known.of(tokens)).orElse(BigDecimal.ZERO);
    }
  }
}
