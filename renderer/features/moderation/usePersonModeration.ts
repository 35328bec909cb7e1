import { MicOff, UserRoundCheck, UserRoundMinus, UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import { moderationRefusal } from '../../../common/meeting/moderation';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useNotify, useRun } from '../../app/AppContext';
import type { MenuEntry } from '../../ui/Menu';

/** What one may do about somebody: main decides it again, and the host's main once more. */
export function usePersonModeration(
  meeting: MeetingState,
): (person: Participant, microphoneOn: boolean, onRemove: () => void) => readonly MenuEntry[] {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const self = meeting.participants.find(({ id }) => id === meeting.selfId);

  async function mute({ id, name }: Participant) {
    const result = await run(bridge['session.mute']({ participantId: id }));
    if (result.ok) say(t('room.muted', { name }), t('room.mutedHint'));
  }
  async function setCoHost({ id, name }: Participant, coHost: boolean) {
    const result = await run(bridge['session.setCoHost']({ participantId: id, coHost }));
    if (!result.ok) return;
    if (coHost) say(t('moderation.madeCoHost', { name }), t('moderation.madeCoHostHint'));
    else say(t('moderation.noCoHost', { name }));
  }

  return (person, microphoneOn, onRemove) => {
    const may = (action: 'mute' | 'remove') =>
      self !== undefined &&
      moderationRefusal(self, { action, participantId: person.id }, meeting.participants) === null;
    const isCoHost = person.role === 'co-host';
    return [
      ...(may('mute') && microphoneOn
        ? [{ id: 'mute', label: t('room.mute'), icon: MicOff, onAction: () => void mute(person) }]
        : []),
      ...(self?.role === 'host' && person.role !== 'host'
        ? [
            {
              id: 'co-host',
              label: isCoHost ? t('moderation.takeCoHost') : t('moderation.makeCoHost'),
              icon: isCoHost ? UserRoundMinus : UserRoundCheck,
              onAction: () => void setCoHost(person, !isCoHost),
            },
          ]
        : []),
      ...(may('remove')
        ? [{ id: 'remove', label: t('room.remove'), icon: UserX, danger: true, onAction: onRemove }]
        : []),
    ];
  };
}
