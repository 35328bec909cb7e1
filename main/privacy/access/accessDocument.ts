import type { AnswerOrigin, Decisions } from '../../../common/consent/models';
import type { RegisteredAnswer } from '../../../common/meeting/registration';
import { legalBases, type HeldItem, type LegalBasis, type PersonalKind } from '../../../common/privacy/heldData';
import type { NoticeFacts, NoticeVersion } from '../../../common/meeting/models';
import { heldPeople } from '../heldData';
import type { StoredReceipt, StoredTrack, Vault } from '../../vault/repositories';
import { accessRequests, type AccessRequest } from './accessRequests';
import { accessStanding, type AccessStanding } from './accessStanding';
import { redactNames, type Redact } from './redactNames';

const everything = 1_000_000;

/** One file of the archive that is not written by us: a track as it was recorded, or a receipt. */
export interface AccessMedia {
  readonly file: string;
  readonly track: StoredTrack;
}

interface AccessReceipt {
  readonly file: string;
  readonly receipt: StoredReceipt;
}

/**
 * Everything a vault holds about one person (Art. 15 (1) and (3), 20 (1) GDPR), other people's names replaced. Times are
 * milliseconds since 1970, UTC. Raised with every change: `version`.
 */
export interface AccessDocument {
  readonly format: 'konklave-access';
  readonly version: 1;
  readonly createdAt: number;
  readonly controller: { readonly name: string; readonly contact: string; readonly identityKey: string };
  readonly person: {
    readonly name: string;
    readonly otherNames: readonly string[];
    readonly identityKey: string;
    /** Since when they go by this name here; null for somebody who is no contact. */
    readonly namedAt: number | null;
    /** When codes were compared with this person; null when they were not. */
    readonly verifiedAt: number | null;
  };
  readonly kept: readonly (HeldItem & { readonly basis: LegalBasis })[];
  readonly meetings: readonly {
    readonly title: string;
    readonly startedAt: number;
    readonly endedAt: number | null;
    readonly otherParticipants: number;
  }[];
  readonly chat: readonly { readonly meeting: string; readonly sentAt: number; readonly text: string }[];
  /** What they filled in at the door of a meeting. */
  readonly registrations: readonly {
    readonly meeting: string;
    readonly registeredAt: number;
    readonly answers: readonly RegisteredAnswer[];
  }[];
  /** Which version of the notice this person has read in meetings hosted here, and when. */
  readonly noticesRead: readonly {
    readonly meeting: string;
    readonly version: NoticeVersion;
    /** Null for a version that this program can no longer word. */
    readonly facts: NoticeFacts | null;
    readonly readAt: number;
  }[];
  /** The last notice of this person, as a host, that was read here; null for none. */
  readonly noticeOfPerson: {
    readonly version: NoticeVersion;
    readonly facts: NoticeFacts;
    readonly hash: string;
    readonly readAt: number;
  } | null;
  readonly recordings: readonly {
    readonly title: string;
    readonly purpose: string;
    readonly startedAt: number;
    readonly endedAt: number | null;
    /** What was cut out for everybody, in milliseconds of the recording, and when. */
    readonly cuts: readonly { readonly fromMs: number; readonly toMs: number; readonly cutAt: number }[];
    /** When copies left the vault, which deleting here does not reach. */
    readonly exportedAt: readonly number[];
    readonly tracks: readonly {
      readonly kind: StoredTrack['kind'];
      /** In the archive; null when it is not, and then `missing` says why. */
      readonly file: string | null;
      readonly missing: 'being-written' | 'damaged' | 'erased' | null;
      readonly offsetMs: number;
      readonly durationMs: number | null;
      readonly mimeType: string;
    }[];
  }[];
  readonly consents: readonly {
    readonly file: string;
    /** `owner`: of this vault's owner, whom the person had asked. */
    readonly by: 'person' | 'owner';
    readonly recording: string | null;
    readonly requestedAt: number;
    readonly answeredAt: number;
    readonly decisions: Decisions;
    readonly given: AnswerOrigin;
    readonly noticeText: string;
    readonly withdrawals: readonly { readonly kinds: readonly string[]; readonly withdrawnAt: number }[];
  }[];
  readonly requests: readonly AccessRequest[];
  readonly standing: AccessStanding;
}

export interface AccessContent {
  readonly document: AccessDocument;
  readonly media: readonly AccessMedia[];
  readonly receipts: readonly AccessReceipt[];
  readonly redact: Redact;
}

const endings = { audio: 'webm', video: 'webm', screen: 'webm', clip: 'webm', chat: 'json', summary: 'txt' } as const;

/** Collects what there is about a person; null for a key about which nothing is kept. */
export function accessContent(vault: Vault, identityKey: string, now: number): AccessContent | null {
  const people = heldPeople(vault);
  const person = people.find((one) => one.identityKey === identityKey);
  if (person === undefined) return null;
  const known = vault.people.list().find((one) => one.identityKey === identityKey);
  const { name, contact, identityKey: ownKey } = vault.profile.get();
  const names = [person.name, ...person.otherNames];
  // The controller is named to everybody (Art. 15 (1)), and in every notice.
  const others = people.filter((one) => one.identityKey !== identityKey && one.identityKey !== ownKey);
  const redact = redactNames(
    others.map((one) => [one.name, ...one.otherNames]),
    [...names, name],
  );
  const idsOf = (kind: PersonalKind) =>
    person.items.flatMap((item) => (item.kind === kind && item.id !== null ? [item.id] : []));

  const { media, recordings } = recordingsOf(vault, identityKey, redact);
  const receipts = vault.receipts
    .all()
    .filter(
      (receipt) =>
        receipt.identityKey === identityKey ||
        // Who had asked the owner; the owner asked everybody else.
        (identityKey !== ownKey && receipt.request.controllerKey === identityKey),
    )
    .map((receipt, index) => ({ file: `consents/${number(index)}.jsonld`, receipt }));
  const meetings = vault.meetings.recent(everything);
  const document: AccessDocument = {
    ...{ format: 'konklave-access', version: 1, createdAt: now },
    controller: { name, contact, identityKey: ownKey },
    person: {
      ...{ name: person.name, otherNames: person.otherNames, identityKey },
      ...{ namedAt: known?.namedAt ?? null, verifiedAt: known?.verifiedAt ?? null },
    },
    kept: person.items.map((item) => ({
      ...item,
      title: item.title === null ? null : redact(item.title),
      basis: legalBases[item.kind],
    })),
    meetings: meetings
      .filter(({ meetingId }) => idsOf('meeting').includes(meetingId))
      .map(({ title, startedAt, endedAt, participantNames }) => ({
        ...{ title: redact(title), startedAt, endedAt },
        // Oneself is not among the names, the person is: as many as names are others.
        otherParticipants: participantNames.length,
      })),
    chat: idsOf('chat').flatMap((meetingId) =>
      vault.chat
        .history(meetingId)
        .filter(({ senderKey }) => senderKey === identityKey)
        .map(({ sentAt, text }) => ({
          ...{ meeting: redact(vault.meetings.titleOf(meetingId) ?? ''), sentAt, text: redact(text) },
        })),
    ),
    registrations: registrationsOf(vault, identityKey, redact),
    noticesRead: noticesReadBy(vault, identityKey, redact),
    noticeOfPerson: vault.notices.readOf(identityKey),
    recordings,
    consents: receipts.map(
      ({ file, receipt: { recordingId, identityKey: answeredBy, request, answer, noticeText, withdrawals } }) => {
        const recording = vault.recordings.get(recordingId);
        return {
          ...{ file, by: answeredBy === identityKey ? 'person' : 'owner' },
          ...{ recording: recording && redact(recording.title), requestedAt: request.requestedAt },
          ...{ answeredAt: answer.answeredAt, decisions: answer.decisions, given: answer.given ?? 'asked', noticeText },
          withdrawals: withdrawals.map(({ withdrawal: { kinds, withdrawnAt } }) => ({ kinds, withdrawnAt })),
        };
      },
    ),
    requests: accessRequests(vault, identityKey, redact),
    standing: accessStanding(vault, person, redact),
  };
  return { document, media, receipts, redact };
}

/**
 * Their own answers as they gave them; the host's questions may name others. What oneself told other hosts is one's own.
 */
function registrationsOf(vault: Vault, identityKey: string, redact: Redact): AccessDocument['registrations'] {
  const received = vault.registrations
    .all()
    .filter((one) => one.identityKey === identityKey)
    .map(({ title, registeredAt, answers }) => ({
      ...{ meeting: redact(title), registeredAt },
      answers: answers.map((one) => ({ ...one, question: one.question === null ? null : redact(one.question) })),
    }));
  if (identityKey !== vault.profile.get().identityKey) return received;
  const given = vault.meetings.recent(everything).flatMap(({ meetingId, title, startedAt }) => {
    const answers = vault.registrations.given(meetingId);
    return answers.length === 0 ? [] : [{ meeting: redact(title), registeredAt: startedAt, answers }];
  });
  return [...received, ...given];
}

function noticesReadBy(vault: Vault, identityKey: string, redact: Redact): AccessDocument['noticesRead'] {
  const versions = new Map(vault.notices.versions().map((one) => [one.version.number, one]));
  return vault.notices.acknowledgementsOf(identityKey).map(({ meetingId, number: version, acknowledgedAt }) => ({
    meeting: redact(vault.meetings.titleOf(meetingId) ?? ''),
    version: versions.get(version)?.version ?? { number: version, since: 0 },
    facts: versions.get(version)?.facts ?? null,
    readAt: acknowledgedAt,
  }));
}

function recordingsOf(vault: Vault, identityKey: string, redact: Redact) {
  const media: AccessMedia[] = [];
  const oldestFirst = [...vault.recordings.list()].reverse();
  const recordings = oldestFirst.flatMap((recording): AccessDocument['recordings'] => {
    const { id, title, purpose, startedAt, endedAt } = recording;
    const own = vault.recordings.tracks(id).filter((track) => track.identityKey === identityKey);
    if (own.length === 0) return [];
    const tracks = own.map((track) => {
      const { kind, offsetMs, durationMs, mimeType } = track;
      const missing = whyMissing(track);
      const file = missing === null ? `media/${number(media.length)}-${kind}.${endings[kind]}` : null;
      if (file !== null) media.push({ file, track });
      return { kind, file, missing, offsetMs, durationMs, mimeType };
    });
    const cuts = vault.recordings.cutsOf(id);
    const exportedAt = vault.recordings.exportsOf(id);
    return [{ title: redact(title), purpose: redact(purpose), startedAt, endedAt, cuts, exportedAt, tracks }];
  });
  return { media, recordings };
}

/** What is still being written has no end yet: it is in the next answer. Of what was erased there is only that it was. */
function whyMissing({ phase }: StoredTrack): 'being-written' | 'erased' | null {
  if (phase === 'erased') return 'erased';
  return phase === 'writing' ? 'being-written' : null;
}

function number(index: number): string {
  return String(index + 1).padStart(3, '0');
}
