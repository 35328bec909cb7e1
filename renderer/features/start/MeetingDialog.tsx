import { Lock, LockOpen, MailQuestion, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatMessage, MeetingSummary } from '../../../common/meeting/models';
import { useBridge, useLanguage, useNotify, useRun, useServices } from '../../app/AppContext';
import { formatDate, formatDuration, formatList, formatTime } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { MeetingRegistered } from '../registration/MeetingRegistered';
import { AskDialog } from '../requests/AskDialog';
import { HoldDialog, type HoldSubject } from '../retention/HoldDialog';
import { ChatLines } from '../room/ChatLines';

function holdSubject({ meetingId, title, deleteAfter, hold }: MeetingSummary): HoldSubject {
  return { kind: 'chat', id: meetingId, title, deleteAfter, hold };
}

/** What is kept of an earlier meeting: who, when, and its chat. */
export function MeetingDialog({ meeting, onClose }: { meeting: MeetingSummary | null; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const { library } = useServices().stores;
  const language = useLanguage();
  const [messages, setMessages] = useState<readonly ChatMessage[] | null>(null);
  const [holding, setHolding] = useState<HoldSubject | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<MeetingSummary | null>(null);

  useEffect(() => {
    setMessages(null);
    if (meeting === null) return undefined;
    let stopped = false;
    void run(bridge['chat.history']({ meetingId: meeting.meetingId })).then((result) => {
      if (!stopped && result.ok) setMessages(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge, meeting, run]);

  async function remove({ meetingId }: MeetingSummary) {
    const result = await run(bridge['meetings.delete']({ meetingId }));
    if (!result.ok) return;
    library.setState(({ meetings }) => ({
      meetings: meetings?.filter((other) => other.meetingId !== meetingId) ?? null,
    }));
    say(t('start.meetingDeleted'));
  }

  return (
    <>
      <Dialog
        title={meeting?.title ?? ''}
        isOpen={meeting !== null}
        onClose={onClose}
        footer={
          <>
            <Button
              icon={Trash2}
              look="quiet"
              onPress={() => {
                if (meeting?.hold) setHolding(holdSubject(meeting));
                else setDeleting(meeting);
                onClose();
              }}
            >
              {t('start.deleteMeeting')}
            </Button>
            {meeting !== null && meeting.role !== 'host' && meeting.hostName !== '' && (
              <Button
                icon={MailQuestion}
                look="quiet"
                onPress={() => {
                  setAsking(meeting.hostName);
                  onClose();
                }}
              >
                {t('requests.askOf', { name: meeting.hostName })}
              </Button>
            )}
            <Button onPress={onClose}>{t('common.close')}</Button>
          </>
        }
      >
        {meeting !== null && (
          <p className="small times">
            {t('start.meetingFacts', {
              date: formatDate(meeting.startedAt, language),
              time: formatTime(meeting.startedAt, language),
              duration:
                meeting.endedAt === null
                  ? t('start.interrupted')
                  : formatDuration(meeting.endedAt - meeting.startedAt, language),
            })}
            {meeting.participantNames.length > 0 && (
              <>
                <br />
                {t('start.meetingPeople', { people: formatList(meeting.participantNames, language) })}
              </>
            )}
          </p>
        )}
        {meeting !== null && (
          <div className="meeting-kept small">
            <span className="times selectable">
              {meeting.hold === null
                ? t('start.meetingGoes', { date: formatDate(meeting.deleteAfter, language) })
                : t('retention.liftReason', {
                    date: formatDate(meeting.hold.since, language),
                    reason: meeting.hold.reason,
                  })}
            </span>
            <Button
              icon={meeting.hold === null ? Lock : LockOpen}
              look="quiet"
              onPress={() => {
                setHolding(holdSubject(meeting));
                onClose();
              }}
            >
              {t(meeting.hold === null ? 'retention.hold' : 'retention.lift')}
            </Button>
          </div>
        )}
        {meeting !== null && <MeetingRegistered key={meeting.meetingId} meeting={meeting} />}
        {messages !== null && messages.length === 0 && <p className="small">{t('start.noMessages')}</p>}
        {messages !== null && messages.length > 0 && (
          <div className="chat-kept">
            <ChatLines messages={messages} />
          </div>
        )}
      </Dialog>
      <AskDialog host={null} first={asking} isOpen={asking !== null} onClose={() => setAsking(null)} />
      <HoldDialog subject={holding} onClose={() => setHolding(null)} />
      <ConfirmDialog
        title={t('start.deleteMeetingTitle', { title: deleting?.title ?? '' })}
        isOpen={deleting !== null}
        confirm={t('start.deleteMeeting')}
        onConfirm={() => {
          if (deleting !== null) void remove(deleting);
        }}
        onClose={() => setDeleting(null)}
      >
        <p>{t('start.deleteMeetingText', { count: deleting?.messageCount ?? 0 })}</p>
        <p>{t('start.deleteMeetingKeeps')}</p>
      </ConfirmDialog>
    </>
  );
}
