// What a link does to packets, seen from its ends. `echo.mjs serve` answers each UDP packet and each byte of TCP on port 7007;
// `echo.mjs ask ADDRESS COUNT` sends so many packets and tells, as JSON, which came back and how long each took; `echo.mjs
// fetch ADDRESS BYTES` sends so many bytes over TCP and tells how long it took until all were back.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const PORT = 7007;
const [mode, address = '', amount = '0'] = process.argv.slice(2);

/** @param {unknown} value */
const tell = (value) => console.log(JSON.stringify(value));

async function serve() {
  const socket = createSocket('udp4');
  socket.on('message', (packet, { port, address: sender }) => socket.send(packet, port, sender)).bind(PORT);
  const server = createServer((connection) => connection.pipe(connection)).listen(PORT);
  await Promise.all([once(socket, 'listening'), once(server, 'listening')]);
  tell('ready');
}

async function ask() {
  const socket = createSocket('udp4');
  /** @type {number[]} */
  const sent = [];
  /** @type {number[]} */
  const tookMs = [];
  let isOver = false;
  socket.on('message', (packet) => {
    const number = packet.readUInt32BE();
    if (number === 0) isOver = true;
    else tookMs.push(performance.now() - (sent[number] ?? 0));
  });
  for (let number = 1; number <= Number(amount); number += 1) {
    const packet = Buffer.alloc(100);
    packet.writeUInt32BE(number);
    sent[number] = performance.now();
    await new Promise((resolve) => socket.send(packet, PORT, address, resolve));
    if (number % 10 === 0) await delay(1);
  }
  tell('sent');
  // Links keep the order: when an answer to this is back, all others that will ever be are.
  while (!isOver) {
    socket.send(Buffer.alloc(4), PORT, address);
    await delay(20);
  }
  socket.close();
  tell({ lost: Number(amount) - tookMs.length, tookMs });
}

async function fetch() {
  const connection = connect(PORT, address);
  await once(connection, 'connect');
  const start = performance.now();
  let missing = Number(amount);
  connection.write(Buffer.alloc(missing));
  for await (const piece of connection) {
    missing -= piece.length;
    if (missing === 0) break;
  }
  tell(performance.now() - start);
}

await { serve, ask, fetch }[/** @type {'serve' | 'ask' | 'fetch'} */ (mode)]();
