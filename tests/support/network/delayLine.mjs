// Delays each packet that a TUN device is handed, and hands it back to the same device. The kernel's own `netem` is
// missing on many machines; `socat` opens the device, for Node cannot.
// Arguments: device, delay in ms, jitter in ms. The device must be there; this is ready when it has a carrier.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const [device = '', delay = '', jitter = ''] = process.argv.slice(2);
const [delayMs, jitterMs] = [Number(delay), Number(jitter)];

const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');
const tun = `TUN,tun-name=${device},tun-type=tun,iff-no-pi,iff-up`;
const socat = spawn('socat', ['-b', '65536', tun, `UDP4:127.0.0.1:${socket.address().port}`], { stdio: 'inherit' });
socat.once('exit', (code) => process.exit(code ?? 1));
process.once('exit', () => socat.kill());
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));

/** When the last packet to an address leaves: a later one never overtakes it. @type {Map<string, number>} */
const lastDue = new Map();

socket.on('message', (packet, sender) => {
  const receiver = packet.toString('latin1', 16, 20); // of an IPv4 header
  const now = performance.now();
  const due = Math.max(now + delayMs + (2 * Math.random() - 1) * jitterMs, lastDue.get(receiver) ?? 0);
  lastDue.set(receiver, due);
  setTimeout(() => socket.send(packet, sender.port, sender.address), due - now);
});
