# Tries to get out of the jail that it runs in. knight doctor runs it inside a real one, and the tests
# also outside of any, where it gets through. Each probe is one line: its name, "through" or "held",
# and what the system said, parted by tabs. Needs perl without any module. Changes nothing that it
# does not put back. Its argument is a file of NAME=VALUE; what they mean is Bait.java's.
use strict;
use warnings;

open(my $laid, '<', $ARGV[0]) or die "$ARGV[0]: $!";
my %bait = map { chomp; split /=/, $_, 2 } readline($laid);
close($laid);

my ($EPERM, $ENOSYS, $EAFNOSUPPORT) = (1, 38, 97);
my ($AF_UNIX, $AF_INET, $AF_PACKET, $AF_ALG, $AF_VSOCK) = (1, 2, 17, 38, 40);
my ($STREAM, $DATAGRAM, $RAW) = (1, 2, 3);
my ($O_WRONLY, $O_RDONLY) = (1, 0);
my $x86 = $bait{machine} eq 'X86_64';

# The numbers of calls on x86-64 and on arm64.
my %call = (
  ptrace => [101, 117], process_vm_readv => [310, 270], mount => [165, 40], umount2 => [166, 39],
  chroot => [161, 51], unshare => [272, 97], clone => [56, 220], clone3 => [435, 435],
  setns => [308, 268], bpf => [321, 280], io_uring_setup => [425, 425], userfaultfd => [323, 282],
  keyctl => [250, 219], perf_event_open => [298, 241], personality => [135, 92],
  open_by_handle_at => [304, 265], syslog => [103, 116], mknodat => [259, 33], fsopen => [430, 430],
  open_tree => [428, 428], kcmp => [312, 272], pidfd_getfd => [438, 438],
);

sub call { my ($name, @arguments) = @_; return syscall($call{$name}[$x86 ? 0 : 1], @arguments) }
sub address { return unpack('Q', pack('p', $_[0])) }
sub inet { my ($host, $port) = @_; return pack('S n C4 x8', $AF_INET, $port, split(/\./, $host)) }

# What a probe says: whether it got through.
sub through { return (1, $_[0]) }
sub held { return (0, $_[0]) }
sub judge { my ($ok, $said) = @_; return $ok ? through($said // 'done') : held("$!") }

# A call that only the filter refuses with this error; whatever else the kernel says, it was asked.
sub reached { my ($result, $refusal) = @_; return judge($result != -1 || $! != ($refusal // $EPERM), 'the kernel answered') }

sub content {
  my ($file) = @_;
  open(my $in, '<', $file) or return undef;
  local $/;
  return scalar readline($in);
}

sub readable { my ($file) = @_; my $text = content($file); return judge(defined $text && $text =~ /\Q$bait{canary}\E/) }

sub writable {
  my ($file) = @_;
  open(my $out, '>', $file) or return held("$!");
  close($out);
  unlink($file);
  return through('written');
}

# Opened only: nothing is written.
sub opens { my ($file, $mode) = @_; return judge(sysopen(my $handle, $file, $mode)) }

sub listed { my ($directory, $name) = @_; opendir(my $all, $directory) or return held("$!"); return judge(scalar grep { $_ eq $name } readdir($all)) }

sub connects {
  my ($family, $type, $address) = @_;
  socket(my $socket, $family, $type, 0) or return held("$!");
  return judge(connect($socket, $address));
}

sub processes { opendir(my $all, '/proc') or return (); return grep { /^\d+$/ && $_ != $$ } readdir($all) }

sub status { my ($name) = @_; return content('/proc/self/status') =~ /^$name:\s*(\S+)/m ? $1 : '' }

my @probes = (
  # What lies outside
  'secret file' => sub { readable($bait{secret}) },
  'directory of the secret' => sub { listed($bait{outside}, 'secret') },
  'link to the secret' => sub {
    my $link = "$bait{worktree}/link-$$";
    symlink($bait{secret}, $link) or return held("$!");
    my @said = readable($link);
    unlink($link);
    return @said;
  },
  'password hashes' => sub { opens('/etc/shadow', $O_RDONLY) },
  'private temporary file' => sub { readable($bait{temporary}) },
  'shared memory' => sub { readable($bait{shared}) },
  'writing outside' => sub { writable("$bait{outside}/written-$$") },
  'writing the system' => sub { writable("/usr/knight-probe-$$") },
  'writing what is read-only' => sub { writable("$bait{readonly}/written-$$") },
  'removing the worktree' => sub {
    rename($bait{worktree}, "$bait{worktree}-$$") or return held("$!");
    rename("$bait{worktree}-$$", $bait{worktree});
    return through('renamed');
  },
  'kernel settings' => sub { opens('/proc/sys/kernel/core_pattern', $O_WRONLY) },
  'magic key' => sub { opens('/proc/sysrq-trigger', $O_WRONLY) },
  'memory of the kernel' => sub { opens('/proc/kcore', $O_RDONLY) },
  'devices of the kernel' => sub { judge(-e '/sys/kernel') },
  'own device' => sub {
    my $node = "$bait{worktree}/device-$$";
    my $made = call('mknodat', -100, $node, 0060600, 0x0800);
    my @said = judge($made == 0);
    unlink($node);
    return @said;
  },

  # Other processes
  'environment of its own' => sub { judge(scalar grep { /\Q$bait{canary}\E/ } values %ENV) },
  'environment of others' => sub {
    judge(scalar grep { (content("/proc/$_/environ") // '') =~ /\Q$bait{canary}\E/ } processes());
  },
  'command lines of others' => sub {
    judge(scalar grep { (content("/proc/$_/cmdline") // '') =~ /\Q$bait{marker}\E/ } processes());
  },
  'signal to another' => sub { judge(kill(0, $bait{pid})) },
  'tracing' => sub { reached(call('ptrace', 0, 0, 0, 0)) },
  'memory of a process' => sub {
    my ($from, $to) = ('x' x 8, 'y' x 8);
    my ($local, $remote) = (pack('QQ', address($to), 8), pack('QQ', address($from), 8));
    reached(call('process_vm_readv', $$, $local, 1, $remote, 1, 0));
  },
  'comparing processes' => sub { reached(call('kcmp', $$, $$, 0, 0, 0)) },
  'descriptor of a process' => sub { reached(call('pidfd_getfd', -1, 0, 0)) },
  'terminal' => sub { my $key = 'x'; judge(ioctl(STDIN, 0x5412, $key) || $! != $EPERM, 'the kernel answered') },

  # The network
  'service on loopback' => sub { connects($AF_INET, $STREAM, inet('127.0.0.1', $bait{tcp})) },
  'datagram to loopback' => sub {
    socket(my $socket, $AF_INET, $DATAGRAM, 0) or return held("$!");
    connect($socket, inet('127.0.0.1', $bait{udp})) or return held("$!");
    send($socket, 'x', 0) or return held("$!");
    return judge(defined recv($socket, my $echo, 8, 0));
  },
  'name server' => sub { connects($AF_INET, $DATAGRAM, inet('192.0.2.53', 53)) },
  'metadata of the cloud' => sub { connects($AF_INET, $DATAGRAM, inet('169.254.169.254', 80)) },
  'abstract socket' => sub { connects($AF_UNIX, $STREAM, pack('S', $AF_UNIX) . "\0" . $bait{abstract}) },
  'socket in a directory' => sub { connects($AF_UNIX, $STREAM, pack('S Z108', $AF_UNIX, $bait{socket})) },
  'raw socket' => sub { judge(socket(my $socket, $AF_INET, $RAW, 1)) },
  'packet socket' => sub { judge(socket(my $socket, $AF_PACKET, $RAW, 0)) },
  'socket to the host' => sub { judge(socket(my $socket, $AF_VSOCK, $STREAM, 0)) },
  'socket to the ciphers' => sub { judge(socket(my $socket, $AF_ALG, 5, 0) || $! != $EAFNOSUPPORT, 'the kernel answered') },

  # Rights and the kernel
  'capabilities' => sub { judge(scalar((status('CapEff') . status('CapPrm') . status('CapBnd')) =~ /[^0]/), status('CapBnd')) },
  'setuid program of its own' => sub {
    my $file = "$bait{worktree}/setuid-$$";
    open(my $out, '>', $file) or return held("$!");
    my @said = judge(chmod(04755, $file) == 1);
    unlink($file);
    return @said;
  },
  'rights of a setuid program' => sub { judge(status('NoNewPrivs') ne '1') },
  'calls without a filter' => sub { judge(status('Seccomp') ne '2') },
  'user namespace' => sub { judge(call('unshare', 0x10000000) == 0) },
  'user namespace of a child' => sub {
    my $child = call('clone', 0x10000011, 0, 0, 0, 0);
    kill('KILL', $$) if $child == 0;
    waitpid($child, 0) if $child > 0;
    return judge($child > 0);
  },
  'process with flags unseen' => sub { reached(call('clone3', 0, 0), $ENOSYS) },
  'other namespace' => sub {
    open(my $own, '<', '/proc/self/ns/uts') or return held("$!");
    return reached(call('setns', fileno($own), 0));
  },
  'mount' => sub {
    my ($type, $place) = ('tmpfs', $bait{worktree});
    my @said = judge(call('mount', $type, $place, $type, 0, 0) == 0);
    call('umount2', $place, 2) if $said[0];
    return @said;
  },
  'mount made writable' => sub { my $place = $bait{readonly}; reached(call('mount', 0, $place, 0, 4128, 0)) },
  'mount by the new calls' => sub { my $type = 'tmpfs'; reached(call('fsopen', $type, 0)) },
  'copy of a mount' => sub { my $place = '/'; reached(call('open_tree', -100, $place, 1)) },
  'root directory' => sub { my $place = '/'; judge(call('chroot', $place) == 0) },
  'file by its number' => sub { reached(call('open_by_handle_at', -1, 0, 0)) },
  'program in the kernel' => sub { my $map = pack('L4 x112', 2, 4, 8, 1); reached(call('bpf', 0, $map, 128)) },
  'ring of calls' => sub { my $ring = "\0" x 120; reached(call('io_uring_setup', 1, $ring)) },
  'faults of pages' => sub { reached(call('userfaultfd', 1)) },
  'keys of the kernel' => sub { reached(call('keyctl', 0, -3, 1)) },
  'counters of the kernel' => sub { reached(call('perf_event_open', 0, 0, -1, -1, 0)) },
  'log of the kernel' => sub { reached(call('syslog', 10, 0, 0)) },
  'fixed addresses' => sub { reached(call('personality', 0x40000)) },
  'core dump' => sub { judge(content('/proc/self/limits') !~ /^Max core file size\s+0\s+0\s/m) },
  'endless file' => sub { judge(scalar(content('/proc/self/limits') =~ /^Max file size\s+unlimited/m)) },
  'endless processes' => sub { judge(scalar(content('/proc/self/limits') =~ /^Max processes\s+(?:unlimited|\d{5,})/m)) },
);

# Each in a process of its own, so that none disturbs the next, and with an end.
while (my ($name, $probe) = splice(@probes, 0, 2)) {
  pipe(my $in, my $out) or die $!;
  my $child = fork() // die $!;
  if ($child == 0) {
    alarm(5);
    my ($through, $said) = $probe->();
    print $out join("\t", $name, $through ? 'through' : 'held', $said), "\n";
    close($out);
    exit(0);
  }
  close($out);
  my $line = readline($in) // "$name\theld\tended early\n";
  waitpid($child, 0);
  print $line;
}
