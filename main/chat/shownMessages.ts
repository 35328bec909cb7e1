import type { ChatMessage } from '../../common/meeting/models';
import type { Vault } from '../vault/repositories';

/**
 * Kept lines as they may be shown: without the words of people whose data may only be stored (Art. 18 GDPR), with the name
 * that was put right and what was said to a line beside it (Art. 16). What was written stays as it was written.
 */
export function shownMessages(
  { restrictions, rectifications }: Pick<Vault, 'restrictions' | 'rectifications'>,
  messages: readonly ChatMessage[],
): readonly ChatMessage[] {
  const restricted = restrictions.keys();
  const meetings = new Set(messages.map(({ meetingId }) => meetingId));
  const statements = [...meetings].flatMap((meetingId) => rectifications.statementsOn(meetingId));
  const names = new Map(
    [...new Set(messages.map(({ senderKey }) => senderKey))].map((key) => [
      key,
      rectifications.correctionOf(key)?.name,
    ]),
  );
  return messages.map((message): ChatMessage => {
    const name = names.get(message.senderKey);
    const named = name === undefined || name === message.senderName ? message : { ...message, correctedName: name };
    if (restricted.has(message.senderKey)) return { ...named, text: '', restricted: true };
    const said = statements.filter(({ chatId }) => chatId === message.id);
    return said.length === 0 ? named : { ...named, statements: said };
  });
}
