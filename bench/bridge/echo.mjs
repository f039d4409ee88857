// Says back what it hears, on the Unix socket PATH: the least that two programs can do.
import { createServer } from 'node:net';

createServer((socket) => socket.pipe(socket)).listen(process.argv[2], () => console.log('listens'));
