import { MessageSquare, SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import { chatTextSchema } from '../../../common/meeting/models';
import { useBridge, useChat, useRecording, useRun, useServices } from '../../app/AppContext';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { recordedKinds } from '../consent/recordedKinds';
import { ChatLines } from './ChatLines';
import { SidePanel } from './SidePanel';

export function ChatPanel({ selfId, onClose }: { selfId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { chat } = useServices().stores;
  const messages = useChat((state) => state.messages);
  const ownChat = useRecording(
    ({ recording }) => recording !== null && recordedKinds(recording, selfId).includes('chat'),
  );
  const recording = useRecording((state) => state.recording !== null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const log = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = log.current;
    if (element !== null && messages.length > 0) element.scrollTop = element.scrollHeight;
  }, [messages.length]);

  async function send() {
    if (busy || !chatTextSchema.safeParse(text).success) return;
    setBusy(true);
    const result = await run(bridge['chat.send']({ text }));
    setBusy(false);
    if (!result.ok) return;
    chat.getState().add(result.value);
    setText('');
  }

  return (
    <SidePanel title={t('room.chat')} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <div ref={log} className="side-body chat-log" role="log" aria-label={t('room.chatLog')} tabIndex={0}>
        {messages.length === 0 ? (
          <EmptyState icon={MessageSquare}>{t('room.chatEmpty')}</EmptyState>
        ) : (
          <ChatLines messages={messages} />
        )}
      </div>
      <div className="chat-write">
        {recording && <p className="small">{ownChat ? t('room.chatRecorded') : t('room.chatNotRecorded')}</p>}
        <div className="chat-box">
          <TextField
            aria-label={t('room.message')}
            value={text}
            onChange={setText}
            maxLength={limits.chatLength}
            autoFocus
            className="chat-field"
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                void send();
              }
            }}
          >
            <TextArea
              className="chat-input"
              rows={Math.min(5, text.split('\n').length)}
              placeholder={t('room.messageHint')}
            />
          </TextField>
          <IconButton
            label={t('room.send')}
            icon={SendHorizontal}
            isDisabled={text.trim() === ''}
            onPress={() => void send()}
          />
        </div>
      </div>
    </SidePanel>
  );
}
