package dev.knight.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiagnosisTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "'ID=ubuntu\nID_LIKE=debian', sudo apt install bubblewrap",
    "ID=debian, sudo apt install bubblewrap",
    "ID=fedora, sudo dnf install bubblewrap",
    "'ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"', sudo dnf install bubblewrap",
    "ID=arch, sudo pacman -S bubblewrap",
    "ID=alpine, sudo apk add bubblewrap",
    "'ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"', sudo zypper install bubblewrap",
    "ID=nixos, environment.systemPackages = [ pkgs.bubblewrap ];",
    "ID=other, your package manager",
  })
  void a_missing_one_is_installed_as_the_distribution_does(String release, String command)
      throws IOException {
    system("etc/os-release", release);

    Trouble trouble = new Diagnosis(root).missing();

    assertThat(trouble.reason()).contains("there is no bwrap on the PATH");
    assertThat(trouble.mend()).contains(command);
  }

  /** What bwrap said, what the system says in one file, and what a person then reads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unknown option --disable-userns | - | bwrap is too old | install bubblewrap 0.8",
        "Can't mount proc on /newroot/proc: Operation not permitted | - "
            + "| masks parts of /proc | take ProtectKernelTunables=",
        "Can't mount proc on /newroot/proc: Operation not permitted | .dockerenv= "
            + "| this container masks | systempaths=unconfined",
        "cannot open /proc/sys/user/max_user_namespaces: Read-only file system | .dockerenv= "
            + "| this container masks | systempaths=unconfined",
        "Unexpected capabilities but not setuid, old file caps config? | - "
            + "| capabilities that are no root's | AmbientCapabilities=",
        "Creating new namespace failed: No space left on device "
            + "| proc/sys/user/max_user_namespaces=0 | user.max_user_namespaces is 0 | sysctl",
        "No permissions to create a new namespace, likely because the kernel does not allow "
            + "| proc/sys/kernel/unprivileged_userns_clone=0 | unprivileged_userns_clone is 0 | sysctl",
        "setting up uid map: Permission denied "
            + "| proc/sys/kernel/apparmor_restrict_unprivileged_userns=1 | AppArmor | apparmor_parser",
        "loopback: Failed RTM_NEWADDR: Operation not permitted "
            + "| proc/sys/kernel/apparmor_restrict_unprivileged_userns=1 | AppArmor | apparmor_parser",
        "Creating new namespace failed: Operation not permitted | run/.containerenv= "
            + "| This container may make no user namespaces | seccomp=unconfined",
        "Creating new namespace failed: Operation not permitted | - "
            + "| The kernel refuses namespaces | RestrictNamespaces=",
        "prctl(PR_SET_SECCOMP): Invalid argument | - | takes no filter | CONFIG_SECCOMP_FILTER",
        "something new | - | does not start: bwrap: something new | knight doctor",
      })
  void what_bwrap_says_becomes_a_reason_and_a_mend(
      String said, String file, String reason, String mend) throws IOException {
    if (!file.equals("-")) {
      String[] sides = file.split("=", 2);
      system(sides[0], sides[1]);
    }

    Trouble trouble = new Diagnosis(root).of("a warning\nbwrap: " + said + "\n");

    assertThat(trouble.reason()).contains(reason).doesNotContain("\n").doesNotEndWith(".");
    assertThat(trouble.mend()).contains(mend).doesNotContain("\n");
  }

  @Test
  void what_a_program_says_cannot_steer_the_terminal() {
    assertThat(new Diagnosis(root).of("\u001b[31mred" + "x".repeat(5000)).reason())
        .doesNotContain("\u001b")
        .hasSizeLessThan(300);
    assertThat(new Diagnosis(root).of("").reason()).endsWith("it said nothing");
  }

  private void system(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, content + "\n");
  }
}
