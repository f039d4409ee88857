// Stands for pi on a bridge. A prompt "N MILLIS" is answered with N records as long as a model's usual
// word has, MILLIS apart; with 0, as fast as they are taken. Each says when it was written.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const filler = 'x'.repeat(440);

const now = () => process.hrtime.bigint().toString();

async function say(record) {
  const line = JSON.stringify(record) + '\n';
  if (!process.stdout.write(line)) {
    await once(process.stdout, 'drain');
  }
  return line.length;
}

async function run(id, count, millis) {
  await say({ type: 'response', id, command: 'prompt', success: true, data: { disposition: 'started' } });
  await say({ type: 'agent_start' });
  const begin = process.hrtime.bigint();
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    bytes += await say({ type: 'message_update', at: now(), filler });
    if (millis > 0) {
      await pause(millis);
    }
  }
  const took = Number(process.hrtime.bigint() - begin) / 1e6;
  await say({ type: 'agent_settled', bytes, tookMillis: took });
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if (command.type === 'prompt') {
    run(command.id, ...command.message.split(' ').map(Number));
  } else {
    await say({ type: 'response', id: command.id, command: command.type, success: true, data: {} });
  }
}
process.exit(0);
