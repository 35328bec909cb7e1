import { useTranslation } from 'react-i18next';
import type { RecordingState } from '../../../common/consent/models';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

type Trouble = NonNullable<RecordingState['trouble']>;

const words = {
  'disk-full': { title: 'consent.diskFull', text: 'consent.diskFullText' },
  'write-failed': { title: 'consent.writeFailed', text: 'consent.writeFailedText' },
  'too-slow': { title: 'consent.tooSlow', text: 'consent.tooSlowText' },
  'disk-gone': { title: 'consent.diskGone', text: 'consent.diskGoneText' },
} as const;

/** Something went wrong while writing: what, what it means, and what to do. */
export function RecordingTrouble({ trouble, onStop }: { trouble: Trouble; onStop: () => void }) {
  const { t } = useTranslation();
  const { title, text } = words[trouble];
  return (
    <div className="strip-trouble">
      <Banner
        tone="danger"
        role="alert"
        title={t(title)}
        actions={<Button onPress={onStop}>{t('consent.stop')}</Button>}
      >
        {t(text)}
      </Banner>
    </div>
  );
}
