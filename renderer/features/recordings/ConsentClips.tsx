import { CircleCheck, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentClip, RecordingDetail } from '../../../common/recording/models';
import { useLanguage } from '../../app/AppContext';
import { formatBytes, formatDate, formatDuration } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { Banner } from '../../ui/Banner';
import { IconButton } from '../../ui/IconButton';

/** The consent clips of a recording: beside its time line, each to be looked at on its own. Nothing where there are none. */
export function ConsentClips({ detail }: { detail: RecordingDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (detail.clips.length === 0) return null;
  const until = t('clip.sectionUntil', { date: formatDate(detail.clipsUntil, language) });
  return (
    <section className="clips" aria-labelledby="clips-title">
      {detail.onlyClips && (
        <Banner role="region" title={t('clip.only', { date: formatDate(detail.clipsUntil, language) })}>
          {t('clip.onlyText', { date: formatDate(detail.clipsUntil, language) })}
        </Banner>
      )}
      <h2 id="clips-title">
        <CircleCheck size={18} strokeWidth={2} aria-hidden />
        {t('clip.section')}
      </h2>
      <p className="small">
        {t('clip.sectionText')} {until}
      </p>
      <ul>
        {detail.clips.map((clip) => (
          <Clip key={clip.id} clip={clip} detail={detail} />
        ))}
      </ul>
    </section>
  );
}

function Clip({ clip, detail }: { clip: ConsentClip; detail: RecordingDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const person = detail.people.find(({ participantId }) => participantId === clip.participantId);
  const name = person?.name ?? t('clip.someone');
  return (
    <li className="clips-item">
      <div className="clips-row">
        <Avatar id={person?.identityKey ?? clip.participantId} name={name} size={36} />
        <span className="clips-name">{name}</span>
        <span className="clips-facts times">
          {formatDuration(clip.durationMs, language)} · {formatBytes(clip.bytes, language)}
        </span>
        <IconButton
          label={t(open ? 'clip.hide' : 'clip.play', { name })}
          icon={open ? X : Play}
          onPress={() => setOpen(!open)}
        />
      </div>
      {open && <ClipMedia clip={clip} label={t('clip.player', { name })} />}
    </li>
  );
}

/** What somebody says or shows in ten seconds has no captions; which sentence it should be stands in the request. */
function ClipMedia({ clip, label }: { clip: ConsentClip; label: string }) {
  return clip.mimeType.startsWith('video') ? (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- there are none, see above
    <video className="clips-video" src={clip.url} controls autoPlay aria-label={label} />
  ) : (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- there are none, see above
    <audio src={clip.url} controls autoPlay aria-label={label} />
  );
}
