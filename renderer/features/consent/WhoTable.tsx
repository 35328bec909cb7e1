import { useTranslation } from 'react-i18next';
import { termsOf, type RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { classNames } from '../../ui/classNames';
import { kindLooks } from './kindLooks';
import { consentOf } from './recordedKinds';
import { statusWords } from './statusWords';

/** How everybody stands to each kind that was asked for. */
export function WhoTable({ recording, meeting }: { recording: RecordingState; meeting: MeetingState }) {
  const { t } = useTranslation();
  const { kinds } = termsOf(recording.request);
  return (
    <table className="who">
      <caption>{t('consent.everybody')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('consent.person')}</span>
          </th>
          {kinds.map((kind) => (
            <th key={kind} scope="col">
              {t(kind === 'clip' ? 'consent.clipShort' : kindLooks[kind].name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {meeting.participants.map(({ id, name }) => {
          const consent = consentOf(recording, id);
          return (
            <tr key={id}>
              <th scope="row">{id === meeting.selfId ? t('common.you') : name}</th>
              {kinds.map((kind) => {
                const status = consent?.[kind] ?? 'pending';
                return (
                  <td key={kind} className={classNames(`who-${status}`)}>
                    {t(
                      recording.objected.includes(id) && status === 'no'
                        ? 'rights.statusObjected'
                        : statusWords[status].short,
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
