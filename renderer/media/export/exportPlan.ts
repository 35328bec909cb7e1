import type { Language } from '../../../common/meeting/models';
import { filmPosition, slateOf } from '../../../common/recording/cuts';
import type { RecordingDetail } from '../../../common/recording/models';
import { formatClock } from '../../i18n/format';
import { playingTime } from '../player/timeline';

export interface PlannedTrack {
  readonly kind: 'audio' | 'video';
  readonly url: string;
  readonly offsetMs: number;
  readonly durationMs: number;
}

export interface PlannedPerson {
  readonly name: string;
  readonly initials: string;
  readonly tracks: readonly PlannedTrack[];
}

/** Something that is written: a line of the chat, or in the place of everybody that something is missing. */
export interface Caption {
  readonly fromMs: number;
  readonly toMs: number;
  readonly text: string;
}

/** Everything the worker needs to know; it can be sent to it. */
export interface ExportPlan {
  readonly durationMs: number;
  readonly title: string;
  readonly date: string;
  readonly note: string;
  readonly nobody: string;
  /** Those with sound or pictures in the recording. Who agreed to neither does not appear at all (R4). */
  readonly people: readonly PlannedPerson[];
  /** In the place of what was cut out, each for a moment. The film's time goes on without the rest. */
  readonly slates: readonly Caption[];
  readonly cut: string;
  /** Chat lines, each until the next one comes or its time is over. */
  readonly captions: readonly Caption[];
}

/** What is written into the film itself. */
const texts = {
  de: {
    note: 'Aufgenommen mit Einwilligung aller, die zu sehen oder zu hören sind',
    nobody: 'In dieser Aufnahme ist niemand zu sehen oder zu hören',
    cut: 'Dieser Bereich wurde gelöscht',
  },
  en: {
    note: 'Recorded with the consent of everybody seen or heard',
    nobody: 'Nobody is seen or heard in this recording',
    cut: 'This part was deleted',
  },
} as const;

const captionMs = 8_000;
/** A film of no length is no film. */
const shortestMs = 1_000;

export function planExport(detail: RecordingDetail, language: Language): ExportPlan {
  const tracks = detail.tracks.filter(({ durationMs }) => durationMs > 0);
  const date = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const { cuts } = detail;
  const film = (positionMs: number) => filmPosition(cuts, positionMs);
  const lines = [...detail.chat].sort((a, b) => a.offsetMs - b.offsetMs);
  return {
    durationMs: Math.max(shortestMs, film(playingTime({ durationMs: detail.durationMs, tracks }))),
    title: detail.title,
    date: date.format(detail.startedAt),
    ...texts[language],
    people: detail.people.flatMap(({ participantId, name }) => {
      const own = tracks.filter((track) => track.participantId === participantId);
      return own.length === 0
        ? []
        : [{ name, initials: initials(name), tracks: own.map((track) => planTrack(track, film)) }];
    }),
    slates: cuts.map((cut) => ({
      fromMs: film(cut.fromMs),
      toMs: film(cut.fromMs) + slateOf(cut),
      text: `${formatClock(cut.fromMs)} – ${formatClock(cut.toMs)}`,
    })),
    captions: lines.map(({ offsetMs, name, text }, index) => ({
      fromMs: film(offsetMs),
      toMs: Math.min(film(offsetMs) + captionMs, film(lines[index + 1]?.offsetMs ?? Number.POSITIVE_INFINITY)),
      text: `${name}: ${text.replace(/\s+/g, ' ')}`,
    })),
  };
}

function planTrack(
  { kind, url, offsetMs, durationMs }: PlannedTrack,
  film: (positionMs: number) => number,
): PlannedTrack {
  return { kind, url, offsetMs: film(offsetMs), durationMs };
}

/** First letters of the first and the last word, as people write them. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
