import type { RecordingPlan } from '../../../common/consent/plan';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { ToldNotice } from '../../../common/privacy/notice';
import { limits } from '../../../common/meeting/limits';
import type { Invite } from '../../../common/meeting/sessionState';
import { protocolVersion, type HostMessage, type Refusal } from '../../../common/protocol/messages';
import { createHash, timingSafeEqual } from 'node:crypto';
import { advertisedAddresses, formatAddress, type HostAddress } from '../invites/address';
import { formatCode, randomSecret } from '../invites/code';
import { buildInviteLink, type RelayRoom } from '../invites/link';
import { formatMeetingNumber, randomMeetingNumber } from '../invites/meetingNumber';
import type { KeptHostSeat } from '../keptSeat';
import { createWrongCodes } from '../rendezvous/wrongCodes';
import type { SessionEnvironment } from '../sessionEnvironment';
import type { Hello } from './hostConnection';

export interface InvitationOptions {
  readonly meetingId: string;
  readonly fingerprint: string;
  readonly port: number;
  readonly hostName: string;
  /** What guests are told now. */
  readonly notice: () => ToldNotice;
  readonly plan: RecordingPlan | null;
  readonly passcodeNeeded: () => boolean;
  /** No address of this computer is to be named. */
  readonly hidesAddress: boolean;
  /** Those of a process before this one. */
  readonly restored?: KeptHostSeat['invite'];
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  /** How guests can come through a relay now: by link, and by typed code. */
  readonly relay: () => { readonly linked: RelayRoom | null; readonly typed: HostAddress | null };
}

/** The invites of one meeting: makes them, retires them, and answers whoever shows one. */
export class Invitations {
  readonly #options: InvitationOptions;
  /** The nine digits of the meeting, as long as it lasts. */
  readonly number: string;
  readonly #wrongCodes;
  readonly #expiresAt: number;
  readonly #retired: string[];
  #secret: string;
  #current: Invite;

  constructor(options: InvitationOptions) {
    const { clock, policy, random } = options.environment;
    this.#options = options;
    this.#wrongCodes = createWrongCodes(policy, clock);
    const { restored } = options;
    this.number = restored?.number ?? randomMeetingNumber();
    this.#retired = [...(restored?.retired ?? [])];
    // Links carry whole seconds.
    this.#expiresAt = restored?.expiresAt ?? Math.floor((clock() + limits.inviteLifetimeMs) / 1_000) * 1_000;
    this.#secret = restored?.secret ?? randomSecret(random);
    this.#current = this.#make();
  }

  /** What a process after this one needs to answer for the same invites. */
  kept(): KeptHostSeat['invite'] {
    return { number: this.number, secret: this.#secret, retired: [...this.#retired], expiresAt: this.#expiresAt };
  }

  current(): Invite {
    return this.#current;
  }

  /** From now on the invite handed out so far is refused, and there is a new one. */
  retire(): void {
    this.#retired.push(this.#secret);
    this.#secret = randomSecret(this.#options.environment.random);
    this.#current = this.#make();
  }

  /** The same invite, with what has changed of how the host can be reached. */
  refresh(): void {
    this.#current = this.#make();
  }

  isExpired(): boolean {
    return this.#options.environment.clock() >= this.#expiresAt;
  }

  /**
   * Why this hello is refused, or null. Wrong codes count against their source, which is turned away for longer each
   * time; the comparison takes the same time wherever they differ.
   */
  check(hello: Hello, source: string): Refusal | null {
    if (this.#wrongCodes.isBlocked(source)) return 'too-many-attempts';
    const isKnown = hello.meeting === this.#options.meetingId || hello.meeting === this.number;
    const isRetired = this.#retired.some((secret) => sameSecret(secret, hello.secret));
    if (isKnown && sameSecret(this.#secret, hello.secret)) return this.isExpired() ? 'expired' : null;
    if (isKnown && isRetired) return 'denied';
    this.#wrongCodes.add(source);
    return isKnown ? 'code-wrong' : 'meeting-unknown';
  }

  /** Why a token that opens nothing is refused. It counts like a wrong code. */
  refuseToken(source: string): Refusal {
    if (this.#wrongCodes.isBlocked(source)) return 'too-many-attempts';
    this.#wrongCodes.add(source);
    return 'place-gone';
  }

  /** The answer to a good hello: who invites, signed together with the nonce and the certificate it came over. */
  welcome(nonce: string): HostMessage {
    const { meetingId, fingerprint, hostName, plan, signer } = this.#options;
    const { facts: notice, version: noticeVersion } = this.#options.notice();
    const passcodeNeeded = this.#options.passcodeNeeded();
    const who = { hostName, hostKey: signer.publicKey };
    const facts = { meetingId, nonce, ...who, notice, noticeVersion, plan, passcodeNeeded, expiresAt: this.#expiresAt };
    const signature = signer.sign('welcome', { ...facts, certificate: fingerprint });
    return { type: 'welcome', version: protocolVersion, ...facts, signature };
  }

  /** For somebody at the door who was welcomed with another: what is told now, signed in the same way. */
  notice(nonce: string): HostMessage {
    const { meetingId, fingerprint, signer } = this.#options;
    const { facts: notice, version: noticeVersion } = this.#options.notice();
    const told = { notice, noticeVersion };
    return {
      ...{ type: 'notice', ...told },
      signature: signer.sign('notice', { meetingId, nonce, certificate: fingerprint, ...told }),
    };
  }

  /** Forgets where wrong codes came from. */
  dispose(): void {
    this.#wrongCodes.clear();
  }

  #make(): Invite {
    const { meetingId, fingerprint, port, signer, environment } = this.#options;
    const addresses = this.#options.hidesAddress ? [] : advertisedAddresses(environment.networkInterfaces, port);
    const relay = this.#options.relay();
    return {
      link: buildInviteLink({
        meetingId,
        addresses,
        relay: relay.linked,
        fingerprint,
        secret: this.#secret,
        hostKey: signer.publicKey,
        expiresAt: this.#expiresAt,
      }),
      meetingId: formatMeetingNumber(this.number),
      code: formatCode(fingerprint, this.#secret),
      addresses: addresses.map(formatAddress),
      relayAddress: relay.typed && formatAddress(relay.typed),
      expiresAt: this.#expiresAt,
    };
  }
}

function sameSecret(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
