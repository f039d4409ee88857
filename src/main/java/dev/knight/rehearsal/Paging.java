package dev.knight.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cuts a list into pages as GitHub does, with the {@code Link} header that leads on. */
final class Paging {
  private static final int USUAL = 30;
  private static final int MOST = 100;

  private Paging() {}

  /** The page that the call asks for. */
  static <T> Answer page(
      Call call, Urls urls, List<T> items, Function<T, ? extends JsonNode> render) {
    int size = Math.clamp(number(call, "per_page", USUAL), 1, MOST);
    int page = Math.max(1, number(call, "page", 1));
    int last = Math.max(1, (items.size() + size - 1) / size);
    int from = (int) Math.min(items.size(), (page - 1L) * size);
    List<T> here = items.subList(from, Math.min(items.size(), from + size));
    Answer answer = Answer.ok(Json.array(here, render));
    return last == 1 ? answer : answer.with("link", links(call, urls, page, last));
  }

  private static String links(Call call, Urls urls, int page, int last) {
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(call, urls, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(call, urls, page + 1, "next"));
      links.add(link(call, urls, last, "last"));
    }
    if (page > 1) {
      links.add(link(call, urls, 1, "first"));
    }
    return String.join(", ", links);
  }

  /** GitHub's links name the repository by its number, where the list is of one. */
  private static String link(Call call, Urls urls, int page, String relation) {
    Map<String, String> query = new TreeMap<>(call.query());
    query.put("page", String.valueOf(page));
    boolean ofOne = call.path().startsWith("/repos/");
    String place =
        ofOne
            ? "/repositories/%d%s"
                .formatted(
                    call.repository().id(), call.path().replaceFirst("/repos/[^/]+/[^/]+", ""))
            : call.path();
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return "<%s%s?%s>; rel=\"%s\"".formatted(urls.api(), place, parameters, relation);
  }

  private static String encoded(String value) {
    return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int number(Call call, String name, int otherwise) {
    String text = call.query(name, "");
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
  }
}
