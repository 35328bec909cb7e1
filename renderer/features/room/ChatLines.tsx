import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage } from '../../../common/meeting/models';
import { useLanguage } from '../../app/AppContext';
import { formatDate, formatTime } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';

/** Several lines of one person within this time belong together. */
const togetherMs = 3 * 60_000;

export function ChatLines({ messages }: { messages: readonly ChatMessage[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ol className="chat-lines">
      {messages.map((message, index) => {
        const previous = messages[index - 1];
        const follows =
          previous !== undefined &&
          previous.senderKey === message.senderKey &&
          message.sentAt - previous.sentAt < togetherMs;
        return (
          <li key={message.id} className={follows ? 'chat-line chat-follows' : 'chat-line'}>
            {!follows && (
              <>
                <Avatar id={message.senderKey} name={message.senderName} size={30} />
                <p className="chat-head">
                  <strong>{message.mine ? t('common.you') : message.senderName}</strong>
                  {message.correctedName !== undefined && (
                    <span className="chat-corrected">{t('rights.correctedName', { name: message.correctedName })}</span>
                  )}
                  <time dateTime={new Date(message.sentAt).toISOString()}>{formatTime(message.sentAt, language)}</time>
                </p>
              </>
            )}
            {message.restricted === true ? (
              <p className="chat-text chat-restricted">
                <Lock size={15} strokeWidth={2} aria-hidden />
                {t('rights.lineRestricted', { name: message.correctedName ?? message.senderName })}
              </p>
            ) : (
              <p className="chat-text">{message.text}</p>
            )}
            {message.statements?.map(({ id, text, madeAt }) => (
              <p key={id} className="chat-statement">
                <span className="small">
                  {t('rights.statementBeside', {
                    name: message.correctedName ?? message.senderName,
                    date: formatDate(madeAt, language),
                  })}
                </span>{' '}
                {text}
              </p>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
