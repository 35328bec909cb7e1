import type { ChatHit, ChatMessage } from '../../../common/meeting/models';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { ChatRepository, DeletionLogRepository } from '../repositories';
import { chatQuery } from './chatQuery';

interface ChatRow {
  readonly id: string;
  readonly meeting_id: string;
  readonly sender_id: string | null;
  readonly sender_name: string;
  readonly sender_key: string;
  readonly mine: number;
  readonly text: string;
  readonly sent_at: number;
}

const columns = 'chat.id, chat.meeting_id, sender_id, sender_name, sender_key, mine, chat.text, sent_at';
const maximumHits = 100;

/** What was written in meetings, with a full-text index. */
export function createChatRepository(
  database: Database,
  erasure: Erasure,
  log: Pick<DeletionLogRepository, 'add'>,
): ChatRepository {
  return {
    // A message that arrives twice is one message.
    add: (message) => {
      database.run(
        `INSERT INTO chat (id, meeting_id, sender_id, sender_name, sender_key, mine, text, sent_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        [
          message.id,
          message.meetingId,
          message.senderId,
          message.senderName,
          message.senderKey,
          message.mine ? 1 : 0,
          message.text,
          message.sentAt,
        ],
      );
    },
    history: (meetingId) =>
      database
        .all<ChatRow>(`SELECT ${columns} FROM chat WHERE meeting_id = ? ORDER BY sent_at, position`, [meetingId])
        .map(toMessage),
    search: (typed) =>
      // By time, never by bm25: ranking a common word reads every text that has it.
      database
        .all<ChatRow & { readonly title: string }>(
          `SELECT ${columns}, meetings.title FROM chat_index
           JOIN chat ON chat.position = chat_index.rowid JOIN meetings ON meetings.id = chat.meeting_id
           WHERE chat_index MATCH ? AND sender_key NOT IN (SELECT identity_key FROM restrictions)
           ORDER BY sent_at DESC, chat.position DESC LIMIT ${maximumHits}`,
          [chatQuery(typed)],
        )
        .map((row): ChatHit => ({ message: toMessage(row), meetingTitle: row.title })),
    // [Note: erasure] The search index goes by the trigger.
    deleteOf: (meetingId, senderKey) => {
      let lines = 0;
      erasure.now(() => {
        const which = [meetingId, senderKey];
        erasure.mark(['chat', meetingId, senderKey]);
        lines = database.run('DELETE FROM chat WHERE meeting_id = ? AND sender_key = ?', which).changes;
        log.add({ kind: 'line', why: 'withdrawn', count: lines });
      });
      return lines;
    },
  };
}

function toMessage(row: ChatRow): ChatMessage {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    senderId: row.sender_id,
    senderName: row.sender_name,
    senderKey: row.sender_key,
    mine: row.mine === 1,
    text: row.text,
    sentAt: row.sent_at,
  };
}
