import type { RecordingPlan } from '../../../common/consent/plan';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { Invite, MeetingState } from '../../../common/meeting/sessionState';
import type { ToldNotice } from '../../../common/privacy/notice';
import type { DoorNotice } from '../../../common/protocol/bodies';
import type { HostMessage, PasscodeRefusal, Refusal } from '../../../common/protocol/messages';
import type { MeetingCertificate } from '../certificate';
import { noticeOfDoor } from '../doors';
import { advertisedAddresses } from '../invites/address';
import { pinOf } from '../invites/code';
import type { RelayRoom } from '../invites/link';
import type { KeptHostSeat } from '../keptSeat';
import { MeetingAnnouncement } from '../nearby/meetingAnnouncement';
import { RelayRooms } from '../relay/relayRooms';
import type { NewConnection, RendezvousServer } from '../rendezvous/server';
import type { SessionEnvironment } from '../sessionEnvironment';
import type { Hello } from './hostConnection';
import { Invitations } from './invitations';
import { Passcode } from './passcode';

export interface HostDoorOptions {
  readonly meetingId: string;
  readonly hostName: string;
  readonly notice: () => ToldNotice;
  readonly plan: RecordingPlan | null;
  readonly passcode: string | null;
  /** Hides this computer's address, where there is a relay to come through. */
  readonly relayOnly: boolean;
  /** The door of a process before this one. */
  readonly restored: KeptHostSeat | undefined;
  readonly signer: Signer;
  readonly environment: SessionEnvironment;
  readonly onConnection: (connection: NewConnection) => void;
  /** How the meeting can be reached is another. */
  readonly onChange: () => void;
}

/** Where a meeting is reached, and by whom: the port, the rooms at a relay, the announcement nearby, invites, the passcode. */
export class HostDoor {
  readonly #options: HostDoorOptions;
  readonly #certificate: MeetingCertificate;
  readonly #server: RendezvousServer;
  readonly #relay: RelayRooms | null;
  readonly #invitations: Invitations;
  readonly #announcement: MeetingAnnouncement;
  readonly #passcode: Passcode;

  private constructor(options: HostDoorOptions, certificate: MeetingCertificate, server: RendezvousServer) {
    const { environment, meetingId, hostName, notice, plan, signer, restored } = options;
    const { fingerprint } = certificate;
    this.#options = options;
    this.#certificate = certificate;
    this.#server = server;
    this.#passcode = new Passcode(environment.policy, environment.clock, options.passcode);
    this.#relay = RelayRooms.open(environment, {
      pin: pinOf(fingerprint),
      ticket: restored?.relayTicket ?? null,
      onGuest: (socket) => server.handleConnection(socket),
      // The link names the relay only while guests can come through it.
      onChange: () => {
        this.#invitations.refresh();
        options.onChange();
      },
    });
    this.#invitations = new Invitations({
      ...{ meetingId, fingerprint, port: server.port, hostName, notice, plan, signer, environment },
      ...(restored === undefined ? {} : { restored: restored.invite }),
      passcodeNeeded: () => this.#passcode.current() !== null,
      hidesAddress: this.#hidesAddress(),
      relay: () => ({ linked: this.#linkedRoom(), typed: this.#relay?.typed() ?? null }),
    });
    this.#announcement = new MeetingAnnouncement({
      number: this.#invitations.number,
      port: server.port,
      environment,
      onChange: options.onChange,
    });
  }

  /** Rejects when it cannot listen. */
  static async open(options: HostDoorOptions): Promise<HostDoor> {
    const { environment, restored, onConnection } = options;
    const { network, clock, timers, policy, contacts } = environment;
    const certificate = restored?.certificate ?? (await network.createCertificate(clock()));
    const port = restored === undefined ? {} : { port: restored.port };
    const server = await network.listen({ certificate, timers, policy, contacts, onConnection, ...port });
    return new HostDoor(options, certificate, server);
  }

  get fingerprint(): string {
    return this.#certificate.fingerprint;
  }

  /** Why this hello without a token is not welcome, or null. */
  check(hello: Hello, source: string): Refusal | null {
    return this.#invitations.check(hello, source);
  }

  refuseToken(source: string): Refusal {
    return this.#invitations.refuseToken(source);
  }

  isExpired(): boolean {
    return this.#invitations.isExpired();
  }

  welcome(nonce: string): HostMessage {
    return this.#invitations.welcome(nonce);
  }

  /** Of one's data, for somebody at the door who was told another. */
  privacyNotice(nonce: string): HostMessage {
    return this.#invitations.notice(nonce);
  }

  passcode(): string | null {
    return this.#passcode.current();
  }

  setPasscode(passcode: string | null): void {
    this.#passcode.set(passcode);
  }

  checkPasscode(given: string | null, source: string): PasscodeRefusal | null {
    return this.#passcode.check(given, source);
  }

  invite(): Invite {
    return this.#invitations.current();
  }

  /** From now on the invite handed out so far is refused, and the relay's room, whose name is in the link, is another. */
  retireInvite(): void {
    this.#relay?.renew();
    this.#invitations.retire();
  }

  nearby(): NonNullable<MeetingState['nearby']> {
    return this.#announcement.visibility;
  }

  setNearby(visible: boolean): void {
    this.#announcement.setVisible(visible);
  }

  /** For those who were led by somebody else before. */
  notice(): DoorNotice {
    const { networkInterfaces } = this.#options.environment;
    const addresses = this.#hidesAddress() ? [] : advertisedAddresses(networkInterfaces, this.#server.port);
    return noticeOfDoor(addresses, this.#linkedRoom(), this.fingerprint);
  }

  /** With it another process opens the same door. */
  kept(): Pick<KeptHostSeat, 'certificate' | 'port' | 'relayTicket' | 'invite' | 'passcode' | 'until'> {
    const invite = this.#invitations.kept();
    return {
      ...{ certificate: this.#certificate, port: this.#server.port, relayTicket: this.#relay?.ticket() ?? null },
      ...{ invite, passcode: this.#passcode.current(), until: invite.expiresAt },
    };
  }

  /** Connections have been told why. Resolves when everything is closed. */
  async close(): Promise<void> {
    this.#invitations.dispose();
    this.#passcode.forget();
    this.#relay?.close();
    await Promise.all([this.#server.close(), this.#announcement.close()]);
  }

  /** Where guests can come through a relay, whoever hides their address need not name it. */
  #hidesAddress(): boolean {
    return this.#options.relayOnly && this.#relay !== null;
  }

  /** Named only while it is open, except where there is nothing else to name. */
  #linkedRoom(): RelayRoom | null {
    return this.#relay?.linked() ?? (this.#hidesAddress() ? (this.#relay?.intended() ?? null) : null);
  }
}
