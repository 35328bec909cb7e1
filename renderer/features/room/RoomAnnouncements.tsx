import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useNotify } from '../../app/AppContext';

/** Says who comes, goes and knocks, for those who don't see it. */
export function RoomAnnouncements({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const { announce } = useNotify();
  const before = useRef(meeting);

  useEffect(() => {
    const old = before.current;
    before.current = meeting;
    const presence = new Map(old.participants.map((one) => [one.id, one.presence]));
    const roles = new Map(old.participants.map(({ id, role }) => [id, role]));
    const hostId = (state: MeetingState) => state.participants.find(({ role }) => role === 'host')?.id;
    const wasHere = new Map(old.participants.map(({ id, name }) => [id, name]));
    const isHere = new Set(meeting.participants.map(({ id }) => id));
    const knocked = new Set(old.lobby.map(({ knockId }) => knockId));
    const news = [
      ...meeting.lobby.filter(({ knockId }) => !knocked.has(knockId)).map(({ name }) => t('room.knocks', { name })),
      ...meeting.participants.filter(({ id }) => !wasHere.has(id)).map(({ name }) => t('room.cameIn', { name })),
      ...[...wasHere].filter(([id]) => !isHere.has(id)).map(([, name]) => t('room.hasLeft', { name })),
      ...meeting.participants
        .filter(({ id, presence: now }) => presence.has(id) && presence.get(id) !== now)
        .map(({ name, presence: now }) => t(now === 'away' ? 'room.wentAway' : 'room.cameBack', { name })),
      ...(hostId(old) === hostId(meeting)
        ? []
        : meeting.participants.filter(({ role }) => role === 'host').map(({ name }) => t('room.newHost', { name }))),
      // The host, whose doing it is, and the person concerned are told by a note.
      ...(meeting.role === 'host' ? [] : meeting.participants)
        .filter(({ id, role }) => id !== meeting.selfId && role !== 'host' && roles.has(id) && roles.get(id) !== role)
        .filter(({ id }) => roles.get(id) !== 'host')
        .map(({ name, role }) => t(role === 'co-host' ? 'moderation.madeCoHost' : 'moderation.noCoHost', { name })),
      ...(old.locked === meeting.locked ? [] : [meeting.locked ? t('room.locked') : t('room.unlocked')]),
    ];
    if (news.length > 0) announce(news.join('. '));
  }, [announce, meeting, t]);

  return null;
}
