import { Mic, MicOff, Video, VideoOff, Volume2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedia, useServices } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { LevelMeter } from '../../ui/LevelMeter';
import { Select } from '../../ui/Select';
import { deviceOptions } from './deviceOptions';
import { DeviceTrouble } from './DeviceTrouble';
import { SelfView } from './SelfView';

/** Try camera, microphone and speaker without anybody seeing or hearing it. Everything is off until it is pressed. */
export function DeviceCheck({ name, inMeeting = false }: { name: string; inMeeting?: boolean }) {
  const { t } = useTranslation();
  const { media } = useServices();
  const microphone = useMedia((state) => state.microphone);
  const camera = useMedia((state) => state.camera);
  const microphones = useMedia((state) => state.microphones);
  const cameras = useMedia((state) => state.cameras);
  const speakers = useMedia((state) => state.speakers);
  const chosen = useMedia((state) => state.chosen);
  const [sounding, setSounding] = useState(false);
  const micOn = microphone.phase === 'on';
  const cameraOn = camera.phase === 'on';

  // Trying ends with this view; in a meeting the devices are in use.
  useEffect(() => {
    if (inMeeting) return undefined;
    return () => {
      void media.setMicrophone(false);
      void media.setCamera(false);
    };
  }, [inMeeting, media]);

  return (
    <div className={inMeeting ? 'devices devices-compact' : 'devices'}>
      {!inMeeting && (
        <div className="self-frame">
          <SelfView name={name} />
          <div className="self-buttons">
            <Button
              className={micOn ? 'plate-button' : 'plate-button plate-off'}
              icon={micOn ? Mic : MicOff}
              isPending={microphone.phase === 'starting'}
              onPress={() => void media.setMicrophone(!micOn)}
            >
              {micOn ? t('settings.stopMicrophoneTest') : t('settings.tryMicrophone')}
            </Button>
            <Button
              className={cameraOn ? 'plate-button' : 'plate-button plate-off'}
              icon={cameraOn ? Video : VideoOff}
              isPending={camera.phase === 'starting'}
              onPress={() => void media.setCamera(!cameraOn)}
            >
              {cameraOn ? t('settings.stopCameraTest') : t('settings.tryCamera')}
            </Button>
          </div>
        </div>
      )}
      <DeviceTrouble />
      <div className="device-grid">
        <div className="device">
          <Select
            label={t('settings.microphone')}
            hideLabel={!inMeeting}
            icon={Mic}
            options={deviceOptions(microphones, t('settings.standardMicrophone'), (n) =>
              t('settings.microphoneNumber', { number: n }),
            )}
            value={chosen.microphone}
            onChange={(id) => void media.selectDevice('microphone', id)}
          />
          <MicrophoneLevel />
        </div>
        <div className="device">
          <Select
            label={t('settings.camera')}
            hideLabel={!inMeeting}
            icon={Video}
            options={deviceOptions(cameras, t('settings.standardCamera'), (n) =>
              t('settings.cameraNumber', { number: n }),
            )}
            value={chosen.camera}
            onChange={(id) => void media.selectDevice('camera', id)}
          />
        </div>
        <div className="device device-speaker">
          <Select
            label={t('settings.speaker')}
            hideLabel={!inMeeting}
            icon={Volume2}
            options={deviceOptions(speakers, t('settings.standardSpeaker'), (n) =>
              t('settings.speakerNumber', { number: n }),
            )}
            value={chosen.speaker}
            onChange={(id) => void media.selectDevice('speaker', id)}
          />
          <Button
            isPending={sounding}
            onPress={() => {
              setSounding(true);
              void media.playTestSound().finally(() => setSounding(false));
            }}
          >
            {t('settings.testSound')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Apart, because it changes ten times a second. */
function MicrophoneLevel() {
  const { t } = useTranslation();
  const on = useMedia((state) => state.microphone.phase === 'on');
  const level = useMedia((state) => state.level);
  return <LevelMeter label={t('settings.level')} level={on ? level : 0} />;
}
