package dev.knight.fake;

import dev.knight.doctor.Web;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A web that answers what it was told to, by method and address, and remembers what was asked. */
public final class FakeWeb implements Web {
  private final Map<String, Reply> replies = new LinkedHashMap<>();
  private final List<Ask> asked = new ArrayList<>();

  /** The answer to {@code question}, as {@code GET https://api.github.com/user}. */
  public FakeWeb answer(String question, int status, Map<String, String> headers, String body) {
    replies.put(question, new Reply(status, headers, body));
    return this;
  }

  /** The same without headers. */
  public FakeWeb answer(String question, int status, String body) {
    return answer(question, status, Map.of(), body);
  }

  /** What was asked, in its order. */
  public synchronized List<Ask> asked() {
    return List.copyOf(asked);
  }

  /** Nobody answers where nothing was told. */
  @Override
  public synchronized Reply send(Ask ask) throws IOException {
    asked.add(ask);
    Reply reply = replies.get(ask.method() + " " + ask.uri());
    if (reply == null) {
      throw new IOException("nobody listens there");
    }
    return reply;
  }
}
