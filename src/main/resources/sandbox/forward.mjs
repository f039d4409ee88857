// Runs inside a jail, whose network is its own loopback alone: connections to two ports there go on to
// the Unix sockets beside this file, on which knight listens. A Node imports it before its program
// (NODE_OPTIONS), or it runs a command: node forward.mjs COMMAND ARGUMENT...
import { spawn } from "node:child_process";
import net from "node:net";
import os from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const self = fileURLToPath(import.meta.url);

// Nothing here keeps the program alive: it ends when it has nothing else to do.
function forward(port, name) {
  const path = join(dirname(self), name);
  return new Promise((listening, failed) => {
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (inside) => {
      const door = net.connect({ path, allowHalfOpen: true });
      for (const [from, to] of [[inside, door], [door, inside]]) {
        from.unref();
        from.on("error", () => to.destroy());
        from.on("close", () => to.destroySoon());
        from.pipe(to);
      }
    });
    server.on("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.unref();
      listening();
    });
  });
}

function run(command, ...words) {
  const child = spawn(command, words, { stdio: "inherit" });
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (failure) => {
    console.error(`${command}: ${failure.message}`);
    process.exit(127);
  });
  child.on("exit", (code, signal) => {
    process.exit(signal ? 128 + os.constants.signals[signal] : code);
  });
}

if (isMainThread) {
  // What the program starts is on its own.
  delete process.env.NODE_OPTIONS;
  if (process.env.KNIGHT_FORWARD === "say") {
    console.log("forwarding");
  } else {
    await Promise.all([forward(8317, "model.sock"), forward(3128, "egress.sock")]);
  }
  if (process.argv[1] === self) {
    run(...process.argv.slice(2));
  }
}
