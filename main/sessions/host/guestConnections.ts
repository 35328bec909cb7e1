import type { Envelope } from '../../../common/protocol/bodies';
import type { HostMessage } from '../../../common/protocol/messages';
import type { HostConnection } from './hostConnection';

/** The connections to one door: who is at it, who is in the meeting. Each may end while something is sent to all. */
export class GuestConnections {
  readonly #connections = new Map<string, HostConnection>();

  add(connection: HostConnection): void {
    this.#connections.set(connection.id, connection);
  }

  delete(connection: HostConnection): void {
    this.#connections.delete(connection.id);
  }

  /** By its own ID, which is that of a knock. */
  get(id: string): HostConnection | undefined {
    return this.#connections.get(id);
  }

  of(participantId: string): HostConnection | undefined {
    return this.all().find((connection) => connection.participantId === participantId);
  }

  all(): readonly HostConnection[] {
    return [...this.#connections.values()];
  }

  /** The participants that are connected. */
  participantIds(): readonly string[] {
    return this.all().flatMap(({ participantId }) => participantId ?? []);
  }

  atDoor(): number {
    return this.all().filter(({ isAtDoor }) => isAtDoor).length;
  }

  sendToParticipants(message: HostMessage): void {
    for (const connection of this.all()) if (connection.participantId !== null) connection.send(message);
  }

  /** To everybody it is for, except whom it comes from. */
  passOn(envelope: Envelope): void {
    const { from, to } = envelope.header;
    for (const connection of this.all()) {
      const { participantId } = connection;
      if (participantId === null || participantId === from) continue;
      if (to === null || to === participantId) connection.send({ type: 'envelope', envelope });
    }
  }

  /** Ends all of them; `lastWords` are for those in the meeting. */
  finish(lastWords?: HostMessage): void {
    for (const connection of this.all()) {
      if (connection.participantId === null) connection.refuse('meeting-unknown');
      else connection.finish(lastWords);
    }
  }
}
