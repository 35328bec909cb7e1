import { RequestService } from '../../main/privacy/requests/requestService';
import type { CommandInput } from '../../common/ipc/commands';
import type { LoggedRequest, OwnRequest } from '../../common/privacy/requestLog';
import type { SignedRequest } from '../../common/privacy/personRequests';
import { createSigner, randomId, verifySignature } from '../../main/sessions/identity';
import { newId, openFixture, vaultFixture } from '../../main/vault/testing/vaultFixture';

export type RequestParty = Awaited<ReturnType<typeof requestParty>>;

/** An installation with a real vault and its requests; `changed` counts how often something was another. */
export async function requestParty(name: string, clock: { now: number }, changed: () => void = () => undefined) {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  vault.profile.save({ name, contact: `${name.toLowerCase()}@example.org`, officerContact: '' });
  const signer = createSigner(vault.profile.identity());
  /** Where letters are saved, and the last e-mail. */
  const letter = { path: null as string | null, mail: '' };
  const options = {
    ...{ vault: () => manager.vault(), signer: () => signer, verify: verifySignature, now: () => clock.now },
    ...{ newId: () => randomId(), changed, log: { info: () => undefined } },
    documents: {
      chooseTarget: async () => letter.path,
      chooseSource: async () => null,
      chooseFolder: async () => null,
      copyText: async (text: string) => void (letter.mail = text),
    },
  };
  const service = new RequestService(options);
  return {
    ...{ letter },
    ...{ name, fixture, manager, vault, signer, service, port: service.port, commands: service.commands, options },
    logged: () => service.commands['requests.list'](undefined) as readonly LoggedRequest[],
    own: () => service.commands['requests.own'](undefined) as readonly OwnRequest[],
    /** Has been in a meeting hosted by somebody else. */
    met(host: { readonly name: string; readonly signer: { readonly publicKey: string } }) {
      const meetingId = newId();
      const hosted = { hostName: host.name, hostKey: host.signer.publicKey };
      vault.meetings.start({ meetingId, title: 'Talk', role: 'guest', startedAt: clock.now, ...hosted });
      vault.people.met({ identityKey: host.signer.publicKey, name: host.name, at: clock.now });
    },
    /** Makes a request to a host, and returns it as it travels. */
    ask(
      host: { readonly signer: { readonly publicKey: string } },
      given: Partial<Pick<CommandInput<'requests.make'>, 'right' | 'text'>> = {},
    ): SignedRequest {
      const hostKey = host.signer.publicKey;
      void service.commands['requests.make']({ hostKey, right: 'erasure', text: 'All of it', ...given });
      return service.port.waitingFor(hostKey).requests.at(-1)!;
    },
  };
}
