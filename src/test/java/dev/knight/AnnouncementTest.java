package dev.knight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.api.ApiToken;
import dev.knight.api.ServiceAddress;
import dev.knight.cli.DaemonClient;
import dev.knight.home.KnightHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnnouncementTest {
  private static final ServiceAddress ADDRESS =
      new ServiceAddress(URI.create("http://127.0.0.1:8790"), 7, Instant.EPOCH);

  @TempDir private Path directory;

  @Test
  void what_a_service_announces_is_found_by_a_client() throws IOException {
    KnightHome home = new KnightHome(directory);
    home.make(home.run());
    ApiToken.readOrMake(home.apiToken());

    Files.writeString(home.service(), Announcement.text(ADDRESS));

    assertThat(DaemonClient.of(home)).map(DaemonClient::address).contains(ADDRESS.url());
    assertThat(Announcement.text(ADDRESS))
        .isEqualTo(
            "{\"url\":\"http://127.0.0.1:8790\",\"pid\":7,\"started\":\"1970-01-01T00:00:00Z\"}");
  }
}
