import { X509Certificate } from 'node:crypto';
import { noContactNotes } from '../../common/contacts';
import { protocolVersion } from '../../common/protocol/messages';
import { defaultPolicy } from '../../main/sessions/policy';
import { startRendezvousServer } from '../../main/sessions/rendezvous/server';
import { systemTimers } from '../../main/sessions/timing';
import { madeUpLink } from './inviteLinks';

/** Something that is reached by an invite link like a host and then says whatever the test wants. */
export interface StubHost {
  readonly link: string;
  close(): Promise<void>;
}

/** A host of the right certificate that answers everybody with this one message, and hangs up. */
export async function openStubHost(answer: unknown): Promise<StubHost> {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'meeting' }], { keyType: 'ec', curve: 'P-256' });
  const fingerprint = new X509Certificate(made.cert).fingerprint256.replaceAll(':', '');
  const server = await startRendezvousServer({
    certificate: { privateKeyPem: made.private, certificatePem: made.cert, fingerprint },
    timers: systemTimers,
    policy: defaultPolicy,
    contacts: noContactNotes,
    onConnection: ({ socket }) => {
      socket.on('error', () => undefined);
      socket.once('message', () => {
        socket.send(JSON.stringify(answer));
        socket.close();
      });
    },
  });
  const fp = Buffer.from(fingerprint, 'hex').toString('base64url');
  return { link: madeUpLink({ fp, at: [`127.0.0.1:${server.port}`] }), close: () => server.close() };
}

/** What a host says to whom it does not let in. */
export const refusal = (reason: string, version = protocolVersion) => ({ type: 'refused', reason, version });
