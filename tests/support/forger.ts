import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TravellingWithdrawal } from '../../common/consent/withdrawalPort';
import { hostMessageSchema, protocolVersion, type HostMessage } from '../../common/protocol/messages';
import { addressesIn } from './inviteLinks';

/** A modified client at a host's door: it knows the invite and signs with a key of its own. */
export interface Forger {
  sign(context: string, value: unknown): string;
  /** Hands in a withdrawal. */
  withdraw(withdrawal: TravellingWithdrawal): void;
  /** Ends the connection once the host has handled everything, and returns all that it said. */
  leave(): Promise<readonly HostMessage[]>;
}

export async function openForger(link: string): Promise<Forger> {
  const facts = new URLSearchParams(link.slice(link.indexOf('?')));
  // Whose certificate it is does not matter to a forger.
  const socket = new WebSocket(`wss://${addressesIn(link)[0]}`, { rejectUnauthorized: false });
  await once(socket, 'open');
  const said: HostMessage[] = [];
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const welcomed = new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      said.push(hostMessageSchema.parse(JSON.parse(data.toString('utf8'))));
      resolve(undefined);
    });
  });
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  send({ type: 'hello', version: protocolVersion, meeting: facts.get('id'), secret: facts.get('c') });
  await welcomed;
  // An ES module, which the test runner's own loader does not take from a file of ours.
  const { default: canonicalize } = await import('canonicalize');
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    sign: (context, value) =>
      sign(null, Buffer.from(`konklave/1/${context}\n${canonicalize(value)}`), privateKey).toString('base64url'),
    withdraw: (withdrawal) => send({ type: 'withdrawal', ...withdrawal }),
    leave: async () => {
      // Handled in the order in which it was sent.
      send({ type: 'leave' });
      await closed;
      return said;
    },
  };
}
