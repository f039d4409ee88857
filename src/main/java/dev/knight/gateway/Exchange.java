package dev.knight.gateway;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One question of pi and its answer. All of it happens on the event loop of pi's connection. */
final class Exchange {
  private static final Logger LOG = Logger.getLogger(Exchange.class);

  /** What Anthropic, the most generous of the providers, takes for one message. */
  static final int BODY_LIMIT = 32 * 1024 * 1024;

  private final Upstream upstream;
  private final Counter counter;
  private final Door.Admitted admitted;
  private final RoutingContext pi;
  private Buffer body = Buffer.buffer();
  private @Nullable HttpClientRequest asked;
  private @Nullable Bill bill;
  private boolean over;

  /** Looks at a body that is whole, and puts the question on record. It may take a while. */
  interface Counter {
    /** The question on record, or why it may not be asked. */
    Account.Admission admit(byte[] body);
  }

  Exchange(Upstream upstream, Counter counter, Door.Admitted admitted, RoutingContext pi) {
    this.upstream = upstream;
    this.counter = counter;
    this.admitted = admitted;
    this.pi = pi;
  }

  /** Starts, and goes on by itself until pi has its answer or went away. */
  void start() {
    pi.addEndHandler(this::leave);
    HttpServerRequest request = pi.request();
    request.handler(this::receive);
    request.endHandler(_ -> check());
    if (declaredLength(request) > BODY_LIMIT) {
      refuse(tooLong());
    }
  }

  private void receive(Buffer chunk) {
    if (over) {
      return;
    }
    if (body.length() + chunk.length() > BODY_LIMIT) {
      refuse(tooLong());
    } else {
      body.appendBuffer(chunk);
    }
  }

  private void check() {
    if (over) {
      return;
    }
    byte[] whole = body.getBytes();
    body = Buffer.buffer();
    // Not on the event loop: a long body takes a while to read, and the account is a file.
    pi.vertx()
        .executeBlocking(() -> counter.admit(whole), false)
        .onSuccess(this::admitted)
        .onFailure(pi::fail);
  }

  private void admitted(Account.Admission admission) {
    switch (admission) {
      case Account.Refused(Refusal refusal) -> refuse(refusal);
      case Account.Call call -> ask(call, new Bill(pi.vertx(), call, admitted.api()));
    }
  }

  private void ask(Account.Call call, Bill fresh) {
    bill = fresh;
    if (over) {
      fresh.close();
      return;
    }
    upstream
        .request(admitted, pi.request())
        .compose(request -> send(request, call.question().body()))
        .onSuccess(answer -> answer(answer, fresh))
        .onFailure(failure -> unreachable(failure, fresh));
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, Buffer question) {
    asked = request;
    if (over) {
      request.reset();
    } else if (bill != null) {
      bill.isCharged();
    }
    return request.send(question);
  }

  private void answer(HttpClientResponse answer, Bill bill) {
    if (answer.statusCode() >= 300) {
      bill.isFree();
    }
    unusable(answer)
        .ifPresentOrElse(
            message -> {
              answer.exceptionHandler(cause -> LOG.debug("The rest is not wanted", cause));
              answer.request().reset();
              bill.close();
              refuse(unavailable(message));
            },
            () -> new Answer(answer, pi.response(), upstream.redaction(), bill).start());
  }

  private static Optional<String> unusable(HttpClientResponse answer) {
    if (answer.statusCode() >= 300 && answer.statusCode() < 400) {
      return Optional.of(
          "The provider points elsewhere: the operator must mend knight.model.base-url");
    }
    String encoding = answer.getHeader("content-encoding");
    return encoding == null || encoding.equalsIgnoreCase("identity")
        ? Optional.empty()
        : Optional.of("The provider sent a compressed answer, which was not asked for");
  }

  private void unreachable(Throwable failure, Bill bill) {
    if (!over) {
      bill.isFree();
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      LOG.warnf(
          "conversation=%s the model's provider cannot be reached: %s",
          admitted.conversation(), cause.getMessage());
      refuse(unavailable("The model's provider cannot be reached, or says nothing"));
    }
    bill.close();
  }

  private void refuse(Refusal refusal) {
    over = true;
    refusal.send(pi.response(), admitted.api());
  }

  /** pi has its answer, or hung up: then the provider need not go on. */
  private void leave(AsyncResult<Void> end) {
    over = true;
    HttpClientRequest request = asked;
    if (end.failed() && request != null) {
      request.reset();
    }
    if (bill != null) {
      if (end.failed()) {
        bill.isLeft();
      } else {
        bill.close();
      }
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    // The server has read it already, so it is a number.
    return length == null ? 0 : Long.parseLong(length);
  }

  private static Refusal tooLong() {
    return new Refusal(Refusal.Reason.OUT_OF_RANGE, "A request may have 32 MiB");
  }

  private static Refusal unavailable(String message) {
    return new Refusal(Refusal.Reason.UNAVAILABLE, message);
  }
}
