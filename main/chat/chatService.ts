import { DomainError } from '../../common/errors';
import type { MeetingChannel, MeetingFeature } from '../../common/meeting/meetingChannel';
import type { ChatHit, ChatMessage, Participant } from '../../common/meeting/models';
import type { Body } from '../../common/protocol/bodies';
import type { Vault } from '../vault/repositories';
import { shownMessages } from './shownMessages';

export interface ChatDependencies {
  readonly vault: () => Vault;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Every message of the running meeting, one's own too. */
  readonly onMessage: (message: ChatMessage) => void;
  /** Gets what went wrong while storing a message of somebody else; it is shown all the same. */
  readonly report: (error: unknown) => void;
}

/** A sender's clock that is further off than this is not believed. */
const clockToleranceMs = 120_000;

/** Chat of the running meeting, kept in the vault. */
export class ChatService implements MeetingFeature {
  readonly #dependencies: ChatDependencies;
  readonly #seen = new Set<string>();
  #channel: MeetingChannel | null = null;

  constructor(dependencies: ChatDependencies) {
    this.#dependencies = dependencies;
  }

  handleMeetingStarted(channel: MeetingChannel): void {
    this.#channel = channel;
    // Who comes back is told again what was said a moment ago, and has kept it.
    try {
      for (const { id } of this.history(channel.meetingId)) this.#seen.add(id);
    } catch (error) {
      this.#dependencies.report(error);
    }
    channel.onBody((from, body) => this.#handleBody(channel, from, body));
  }

  handleMeetingEnded(): void {
    this.#channel = null;
    this.#seen.clear();
  }

  /**
   * Stores a message and sends it to everyone. Throws DomainError('session/not-in-meeting'), or what the vault throws;
   * then nothing was sent.
   */
  send(text: string): ChatMessage {
    const channel = this.#channel;
    const self = channel?.participants().find((one) => one.id === channel.selfId);
    if (channel === null || self === undefined) throw new DomainError('session/not-in-meeting');
    const { vault, clock, newId, onMessage } = this.#dependencies;
    const message = toMessage(channel, self, { id: newId(), text, sentAt: clock() });
    vault().chat.add(message);
    this.#seen.add(message.id);
    channel.send(null, { type: 'chat', id: message.id, text, sentAt: message.sentAt });
    onMessage(message);
    return message;
  }

  /** As it may be shown, oldest first. */
  history(meetingId: string): readonly ChatMessage[] {
    const vault = this.#dependencies.vault();
    return shownMessages(vault, vault.chat.history(meetingId));
  }

  /** Finds nothing that may not be shown. */
  search(query: string): readonly ChatHit[] {
    const vault = this.#dependencies.vault();
    const hits = vault.chat.search(query);
    const shown = shownMessages(
      vault,
      hits.map(({ message }) => message),
    );
    return hits.flatMap((hit, index) => {
      const message = shown[index];
      return message === undefined || message.restricted === true ? [] : [{ ...hit, message }];
    });
  }

  #handleBody(channel: MeetingChannel, from: Participant, body: Body): void {
    // IDs are the senders' choice: one that was there before is a mistake or somebody who would overwrite a message.
    if (body.type !== 'chat' || this.#seen.has(body.id)) return;
    this.#seen.add(body.id);
    const { vault, clock, onMessage, report } = this.#dependencies;
    const now = clock();
    const sentAt = Math.abs(body.sentAt - now) <= clockToleranceMs ? body.sentAt : now;
    const message = toMessage(channel, from, { id: body.id, text: body.text, sentAt });
    try {
      vault().chat.add(message);
    } catch (error) {
      report(error);
    }
    onMessage(message);
  }
}

function toMessage(
  channel: MeetingChannel,
  from: Participant,
  said: { readonly id: string; readonly text: string; readonly sentAt: number },
): ChatMessage {
  return {
    ...said,
    meetingId: channel.meetingId,
    senderId: from.id,
    senderName: from.name,
    senderKey: from.identityKey,
    mine: from.id === channel.selfId,
  };
}
