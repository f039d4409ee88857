package dev.knight.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Who and where a program inside finds itself to be, when it asks {@code /etc}. */
final class Identity {
  private static final String ELSEWHERE = "/tmp";

  private Identity() {}

  /**
   * The files, by their name in {@code /etc}.
   *
   * @param environment what names the home; Java asks {@code passwd} for it and not {@code HOME}
   */
  static Map<String, byte[]> files(Map<String, String> environment) {
    String named = environment.getOrDefault("HOME", ELSEWHERE);
    String home = named.matches("/[^:\\p{Cntrl}]*") ? named : ELSEWHERE;
    return Map.of(
        "passwd",
        bytes(
            """
            root:x:0:0:root:/:/usr/sbin/nologin
            agent:x:%d:%d:agent:%s:/bin/sh
            nobody:x:65534:65534:nobody:/:/usr/sbin/nologin
            """
                .formatted(Bubblewrap.USER, Bubblewrap.USER, home)),
        "group",
        bytes("root:x:0:\nagent:x:%d:\nnogroup:x:65534:\n".formatted(Bubblewrap.USER)),
        "hosts",
        bytes("127.0.0.1 localhost knight-job\n::1 localhost\n"),
        "nsswitch.conf",
        bytes("passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
