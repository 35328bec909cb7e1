import { createSocket, type Socket } from 'node:dgram';

/** Hears, and can say, what everybody in a network hears on the port of multicast DNS. */
export interface MulticastEar {
  readonly heard: Buffer[];
  /** Everything that was heard, as one text. */
  text(): string;
  say(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

const group = '224.0.0.251';
const mdnsPort = 5_353;

/** `port` 0: another port than that of multicast DNS to speak from; nothing is heard then. */
export async function openEar(address: string, port = mdnsPort): Promise<MulticastEar> {
  const socket: Socket = createSocket({ type: 'udp4', reuseAddr: true });
  const heard: Buffer[] = [];
  socket.on('message', (bytes) => heard.push(bytes));
  await new Promise<void>((resolve) => socket.bind(port, '0.0.0.0', resolve));
  socket.addMembership(group, address);
  socket.setMulticastInterface(address);
  return {
    heard,
    text: () => Buffer.concat(heard).toString('latin1'),
    say: (bytes) => new Promise((resolve) => socket.send(bytes, mdnsPort, group, () => resolve())),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
