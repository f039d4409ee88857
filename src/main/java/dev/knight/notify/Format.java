package dev.knight.notify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** In whose words a webhook is told. */
public enum Format {
  /** knight's own: everything, for a program. */
  JSON {
    @Override
    Letter letter(Notice notice) {
      return new Letter("application/json", NoticeJson.of(notice).toString(), Map.of());
    }
  },
  /** A chat that takes what Slack takes. */
  SLACK {
    @Override
    Letter letter(Notice notice) {
      String text =
          "*<%s|%s>*\n%s"
              .formatted(
                  notice.link(),
                  escaped(notice.title()),
                  escaped(Notice.cut(notice.text(), LONGEST_IN_CHAT)).strip());
      return new Letter("application/json", NoticeJson.text(text).toString(), Map.of());
    }
  },
  /** A topic of ntfy. */
  NTFY {
    @Override
    Letter letter(Notice notice) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Title", encoded(notice.title()));
      headers.put("Click", notice.link().toString());
      headers.put("Tags", tag(notice.occasion()));
      headers.put("Priority", notice.occasion() == Occasion.NEEDS_YOU ? "high" : "default");
      return new Letter("text/plain; charset=utf-8", notice.text(), headers);
    }
  };

  /** Discord takes 2,000 characters in all. */
  private static final int LONGEST_IN_CHAT = 1_500;

  /**
   * What is sent.
   *
   * @param headers besides those that every letter has
   */
  record Letter(String contentType, String body, Map<String, String> headers) {}

  /** {@code notice} as it is sent. */
  abstract Letter letter(Notice notice);

  /** Only these three mean something in Slack's text. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A header is ASCII; RFC 2047 says how it holds more. */
  private static String encoded(String text) {
    if (text.chars().allMatch(sign -> sign >= ' ' && sign < 0x7f)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  private static String tag(Occasion occasion) {
    return switch (occasion) {
      case NEEDS_YOU -> "raising_hand";
      case DONE, NO_CHANGE -> "white_check_mark";
      case FAILED -> "x";
      case ACCEPTED, STARTED, RETRYING, STOPPED -> "information_source";
    };
  }
}
