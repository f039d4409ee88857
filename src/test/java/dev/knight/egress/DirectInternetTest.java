package dev.knight.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DirectInternetTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final DirectInternet internet = new DirectInternet();

  @Test
  void every_address_of_this_machine_is_near_and_a_strangers_is_not() throws Exception {
    assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
        .isNotEmpty()
        .allMatch(internet::isNear);
    assertThat(internet.isNear(InetAddress.ofLiteral("127.9.9.9"))).isTrue();
    assertThat(internet.isNear(InetAddress.ofLiteral("1.1.1.1"))).isFalse();
    assertThat(internet.isNear(InetAddress.ofLiteral("2606:4700::1"))).isFalse();
  }

  @Test
  void a_name_that_cannot_be_has_no_address() {
    assertThatThrownBy(() -> internet.resolve("knight.invalid"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("knight.invalid");
  }

  @Test
  void it_connects_to_the_address_that_it_is_given() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    int shut;
    try (ServerSocket server = new ServerSocket(0, 1, here);
        SocketChannel channel = internet.connect(here, server.getLocalPort(), LIMIT)) {
      shut = server.getLocalPort();
      assertThat(channel.isConnected()).isTrue();
      assertThat(channel.isBlocking()).isTrue();
    }
    assertThatThrownBy(() -> internet.connect(here, shut, LIMIT)).isInstanceOf(IOException.class);
  }
}
