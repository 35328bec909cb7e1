import { useTranslation } from 'react-i18next';
import { useMedia, usePreferences, useServices } from '../../app/AppContext';
import type { DeviceKind } from '../../media/ports';
import type { DevicePhase } from '../../stores/mediaStore';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

type Reason = Extract<DevicePhase, { phase: 'failed' }>['reason'];

const microphoneTexts = {
  denied: 'settings.microphoneDenied',
  missing: 'settings.microphoneMissing',
  busy: 'settings.microphoneBusy',
  unknown: 'settings.microphoneUnknown',
} as const satisfies Record<Reason, string>;

const cameraTexts = {
  denied: 'settings.cameraDenied',
  missing: 'settings.cameraMissing',
  busy: 'settings.cameraBusy',
  unknown: 'settings.cameraUnknown',
} as const satisfies Record<Reason, string>;

const lostTexts = {
  microphone: 'settings.microphoneLost',
  camera: 'settings.cameraLost',
  speaker: 'settings.speakerLost',
} as const;

const backTexts = {
  microphone: 'settings.microphoneBack',
  camera: 'settings.cameraBack',
  speaker: 'settings.speakerBack',
} as const;

/** Why a device does not work, and what to do about it. */
export function DeviceTrouble() {
  const { t } = useTranslation();
  const microphone = useMedia((state) => state.microphone);
  const camera = useMedia((state) => state.camera);
  const lost = useMedia((state) => state.lostDevices);
  const isGone = (kind: 'microphone' | 'camera', { phase }: DevicePhase) => lost.includes(kind) && phase === 'failed';
  return (
    <>
      {microphone.phase === 'failed' &&
        (isGone('microphone', microphone) && microphone.reason === 'missing' ? (
          <Banner tone="warning" role="alert" title={t('settings.microphoneGone')}>
            {t('settings.microphoneGoneHint')}
          </Banner>
        ) : (
          <Banner tone="warning" role="alert" title={t('settings.microphoneFailed')}>
            {t(microphoneTexts[microphone.reason])}
          </Banner>
        ))}
      {camera.phase === 'failed' &&
        (isGone('camera', camera) && camera.reason === 'missing' ? (
          <Banner tone="warning" role="alert" title={t('settings.cameraGone')}>
            {t('settings.cameraGoneHint')}
          </Banner>
        ) : (
          <Banner tone="warning" role="alert" title={t('settings.cameraFailed')}>
            {t(cameraTexts[camera.reason])}
          </Banner>
        ))}
      {lost.map((kind) => (
        <LostDevice key={kind} kind={kind} />
      ))}
    </>
  );
}

/** That a device went away and which is used instead; once it is back, a way to use it again. */
function LostDevice({ kind }: { kind: DeviceKind }) {
  const { t } = useTranslation();
  const { media } = useServices();
  const failed = useMedia((state) => kind !== 'speaker' && state[kind].phase === 'failed');
  const present = useMedia((state) => state[`${kind}s`]);
  const preferred = usePreferences((state) => state.preferences[`${kind}Id`]);
  if (present.some(({ id }) => id === preferred)) {
    return (
      <Banner
        title={t(backTexts[kind])}
        actions={<Button onPress={() => void media.selectDevice(kind, preferred)}>{t('settings.useAgain')}</Button>}
      />
    );
  }
  // What failed says so itself.
  return failed ? null : <Banner tone="warning" title={t(lostTexts[kind])} />;
}
