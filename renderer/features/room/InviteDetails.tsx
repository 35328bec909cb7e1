import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NearbyVisibility } from '../../../common/meeting/nearby';
import type { Invite, MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useLanguage, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatTime } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { MeetingNearbySwitch } from '../nearby/MeetingNearbySwitch';
import { ContactCheck } from '../privacy/objections/ContactCheck';
import { InvitationTexts } from '../notice/InvitationTexts';

export interface InviteDetailsProps {
  readonly invite: Invite;
  readonly nearby: NearbyVisibility | null;
  /** What must be known besides; null: nothing. */
  readonly passcode: string | null;
  readonly meeting: MeetingState;
}

/** The link to send, and what to read out to somebody on the telephone. */
export function InviteDetails({ invite, nearby, passcode, meeting }: InviteDetailsProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const now = useClock(60_000);
  const [copied, setCopied] = useState(false);
  const { relayAddress } = invite;
  const [address, ...more] = invite.addresses;

  async function copy() {
    const result = await run(bridge['app.copyText']({ text: invite.link }));
    if (result.ok) setCopied(true);
  }

  return (
    <div className="invite">
      <Button look="primary" size="l" wide icon={copied ? Check : Copy} onPress={() => void copy()}>
        {copied ? t('room.linkCopied') : t('room.copyLink')}
      </Button>
      <InvitationTexts facts={{ ...meeting, link: invite.link, expiresAt: invite.expiresAt }} />
      <p className="small invite-or">{t('room.readOut')}</p>
      <dl className="invite-facts times">
        <div>
          <dt>{t('start.meetingId')}</dt>
          <dd data-testid="invite-id">{invite.meetingId}</dd>
        </div>
        <div>
          <dt>{t('start.code')}</dt>
          <dd data-testid="invite-code">{invite.code}</dd>
        </div>
        {(address !== undefined || relayAddress === null) && (
          <div>
            <dt>{relayAddress === null ? t('start.address') : t('room.addressInside')}</dt>
            <dd data-testid="invite-address">{address ?? t('room.noAddress')}</dd>
          </div>
        )}
        {relayAddress !== null && (
          <div>
            <dt>{t('room.addressOutside')}</dt>
            <dd data-testid="invite-relay">{relayAddress}</dd>
          </div>
        )}
        {more.length > 0 && (
          <div>
            <dt>{t('room.otherAddresses')}</dt>
            <dd className="invite-more">{more.join('\n')}</dd>
          </div>
        )}
        {passcode !== null && (
          <div>
            <dt>{t('moderation.passcode')}</dt>
            <dd data-testid="invite-passcode">{passcode}</dd>
          </div>
        )}
      </dl>
      {passcode !== null && <p className="small">{t('moderation.passcodeTell')}</p>}
      <p className="small times">
        {t('room.inviteExpires', {
          day: formatDay(invite.expiresAt, now, language),
          time: formatTime(invite.expiresAt, language),
        })}
      </p>
      <ContactCheck />
      {nearby !== null && <MeetingNearbySwitch visibility={nearby} />}
      <p className="visually-hidden" data-testid="invite-link">
        {invite.link}
      </p>
    </div>
  );
}
