package dev.knight.gateway;

import dev.knight.job.Price;
import dev.knight.job.Tokens;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a job asked and used, a line each. It is only ever added to; a line that a crash left half
 * is passed over.
 */
final class AccountFile {
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path path;

  /** A question, and what it uses as far as its length says. */
  record Asked(long number, String conversation, String model, Tokens tokens, BigDecimal usd) {}

  /** What the question of that number used. */
  record Used(long number, Tokens tokens, BigDecimal usd, boolean estimated) {}

  /** All that is on record. */
  record Content(List<Asked> asked, List<Used> used, Map<String, Price> prices) {}

  /** {@code path} need not be there yet; its directory is. */
  AccountFile(Path path) {
    this.path = path;
  }

  synchronized void note(Asked asked) throws IOException {
    append(
        tokens(asked.tokens(), asked.usd())
            .put("asked", asked.number())
            .put("conversation", asked.conversation())
            .put("model", asked.model()));
  }

  synchronized void note(Used used) throws IOException {
    append(
        tokens(used.tokens(), used.usd())
            .put("used", used.number())
            .put("estimated", used.estimated()));
  }

  synchronized void note(String model, Price price) throws IOException {
    JsonObject line = rates(price.usual()).put("price", model);
    JsonArray steps = new JsonArray();
    price.steps().forEach(step -> steps.add(rates(step.rates()).put("above", step.above())));
    append(line.put("steps", steps));
  }

  private static JsonObject tokens(Tokens tokens, BigDecimal usd) {
    return JsonObject.of(
        "input", tokens.input(),
        "output", tokens.output(),
        "cacheRead", tokens.cacheRead(),
        "cacheWrite", tokens.cacheWrite(),
        "usd", usd.toPlainString());
  }

  private static JsonObject rates(Price.Rates rates) {
    return JsonObject.of(
        "input", rates.input().toPlainString(),
        "output", rates.output().toPlainString(),
        "cacheRead", rates.cacheRead().toPlainString(),
        "cacheWrite", rates.cacheWrite().toPlainString());
  }

  /** With a line's end before it too: what a crash left half stays a line of its own. */
  private void append(JsonObject line) throws IOException {
    byte[] bytes = ("\n" + line.encode() + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            path,
            APPEND,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  synchronized Content read() throws IOException {
    Content content = new Content(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    if (Files.exists(path)) {
      // Of what a crash cut in the middle of a letter, too, every byte is some letter.
      for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
        if (!line.isBlank()) {
          read(line, content);
        }
      }
    }
    return content;
  }

  private static void read(String text, Content content) {
    try {
      JsonObject line = new JsonObject(text);
      if (line.containsKey("asked")) {
        content
            .asked()
            .add(
                new Asked(
                    line.getLong("asked"),
                    line.getString("conversation"),
                    line.getString("model"),
                    tokens(line),
                    decimal(line, "usd")));
      } else if (line.containsKey("used")) {
        content
            .used()
            .add(
                new Used(
                    line.getLong("used"),
                    tokens(line),
                    decimal(line, "usd"),
                    line.getBoolean("estimated")));
      } else if (line.containsKey("price")) {
        content.prices().put(line.getString("price"), price(line));
      }
    } catch (DecodeException _) {
      return; // half a line
    }
  }

  private static Tokens tokens(JsonObject line) {
    return new Tokens(
        line.getLong("input"),
        line.getLong("output"),
        line.getLong("cacheRead"),
        line.getLong("cacheWrite"));
  }

  private static Price price(JsonObject line) {
    List<Price.Step> steps = new ArrayList<>();
    JsonArray told = line.getJsonArray("steps");
    for (int i = 0; i < told.size(); i++) {
      JsonObject step = told.getJsonObject(i);
      steps.add(new Price.Step(step.getLong("above"), rates(step)));
    }
    return new Price(rates(line), steps);
  }

  private static Price.Rates rates(JsonObject line) {
    return new Price.Rates(
        decimal(line, "input"),
        decimal(line, "output"),
        decimal(line, "cacheRead"),
        decimal(line, "cacheWrite"));
  }

  private static BigDecimal decimal(JsonObject line, String key) {
    return new BigDecimal(line.getString(key));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
