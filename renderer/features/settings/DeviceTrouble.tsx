import { useTranslation } from 'react-i18next';
import type { DevicePhase } from '../../stores/mediaStore';
import { useMedia } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';

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

/** Why a device does not work, and what to do about it. */
export function DeviceTrouble() {
  const { t } = useTranslation();
  const microphone = useMedia((state) => state.microphone);
  const camera = useMedia((state) => state.camera);
  const lost = useMedia((state) => state.lostDevice);
  return (
    <>
      {microphone.phase === 'failed' && (
        <Banner tone="warning" role="alert" title={t('settings.microphoneFailed')}>
          {t(microphoneTexts[microphone.reason])}
        </Banner>
      )}
      {camera.phase === 'failed' && (
        <Banner tone="warning" role="alert" title={t('settings.cameraFailed')}>
          {t(cameraTexts[camera.reason])}
        </Banner>
      )}
      {lost !== null && <Banner tone="warning" title={t(lostTexts[lost])} />}
    </>
  );
}
