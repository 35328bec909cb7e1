import { useEffect, useState, type FormEvent } from 'react';
import { Button as TextButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import { useBridge, useServices } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';
import type { JoinAttempt } from '../../stores/navigationStore';
import { openAttempt } from '../join/openAttempt';
import { NearbyList } from '../nearby/NearbyList';

/** Paste a link, type what somebody read out, or pick a meeting that shows itself in the local network. */
export function JoinDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { navigation } = useServices().stores;
  const [by, setBy] = useState<'link' | 'code'>('link');
  const [isLooking, setIsLooking] = useState(false);
  const [link, setLink] = useState('');
  const [meetingId, setMeetingId] = useState('');
  const [code, setCode] = useState('');
  const [address, setAddress] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  useEffect(() => {
    if (!isOpen) return;
    setBy('link');
    setIsLooking(false);
    setLink('');
    setChecked(false);
    setFailure(null);
    // A mistake in one of 24 characters should not cost the other 23.
    const { lastAttempt } = navigation.getState();
    if (lastAttempt?.by !== 'code') return;
    setMeetingId(lastAttempt.meetingId);
    setCode(lastAttempt.code);
    setAddress(lastAttempt.address);
  }, [isOpen, navigation]);

  const missing = (value: string, text: string) => (checked && value.trim() === '' ? text : null);
  const complete =
    by === 'link' ? link.trim() !== '' : meetingId.trim() !== '' && code.trim() !== '' && address.trim() !== '';

  function choose(way: 'link' | 'code', looking: boolean) {
    setBy(way);
    setIsLooking(looking);
    setChecked(false);
    setFailure(null);
  }

  async function join(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!complete) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    if (busy) return;
    await go(
      by === 'link'
        ? { by, link: link.trim() }
        : { by, meetingId: meetingId.trim(), code: code.trim(), address: address.trim() },
    );
  }

  async function go(attempt: JoinAttempt) {
    navigation.getState().setLastAttempt(attempt);
    setBusy(true);
    setFailure(null);
    const result = await openAttempt(bridge, attempt);
    setBusy(false);
    if (!result.ok) setFailure(result.error.code);
  }

  function connectAnyway() {
    const { lastAttempt } = navigation.getState();
    if (lastAttempt !== null) void go({ ...lastAttempt, direct: true });
  }

  return (
    <Dialog
      title={t('start.join')}
      isOpen={isOpen}
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="join-meeting" look="primary" isPending={busy}>
            {t('start.goToDoor')}
          </Button>
        </>
      }
    >
      <form id="join-meeting" className="form" onSubmit={(event) => void join(event)} noValidate>
        {failure !== null && (
          <Banner
            tone="danger"
            role="alert"
            title={t(`errors.${failure}.what`)}
            actions={
              failure === 'join/address-shown' ? (
                <Button onPress={connectAnyway}>{t('turn.connectAnyway')}</Button>
              ) : undefined
            }
          >
            {t(`errors.${failure}.todo`)}
          </Banner>
        )}
        {by === 'link' ? (
          <TextField
            key="link"
            label={t('start.link')}
            value={link}
            onChange={setLink}
            autoFocus
            autoComplete="off"
            placeholder="konklave://…"
            hint={t('start.linkHint')}
            error={missing(link, t('start.linkMissing'))}
          />
        ) : (
          <>
            {isLooking && (
              <NearbyList
                chosen={{ meetingId, address }}
                onChoose={(meeting) => {
                  setMeetingId(meeting.meetingId);
                  setAddress(meeting.address);
                }}
              />
            )}
            <TextField
              key="meetingId"
              label={t('start.meetingId')}
              value={meetingId}
              onChange={setMeetingId}
              autoFocus
              autoComplete="off"
              mono
              placeholder="123-456-789"
              error={missing(meetingId, t('start.meetingIdMissing'))}
            />
            <TextField
              label={t('start.code')}
              value={code}
              onChange={setCode}
              autoComplete="off"
              mono
              hint={t('start.codeHint')}
              error={missing(code, t('start.codeMissing'))}
            />
            <TextField
              label={t('start.address')}
              value={address}
              onChange={setAddress}
              autoComplete="off"
              mono
              placeholder={t('start.addressExample')}
              error={missing(address, t('start.addressMissing'))}
            />
          </>
        )}
        <p className="join-ways">
          <TextButton className="link-button" onPress={() => choose(by === 'link' ? 'code' : 'link', false)}>
            {by === 'link' ? t('start.byHand') : t('start.byLink')}
          </TextButton>
          {!isLooking && (
            <TextButton className="link-button" onPress={() => choose('code', true)}>
              {t('nearby.find')}
            </TextButton>
          )}
        </p>
      </form>
    </Dialog>
  );
}
