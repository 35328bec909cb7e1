import { z } from 'zod';
import { idSchema, publicKeySchema, signatureSchema } from '../meeting/models';
import { deleteAfter } from '../recording/retention';
import {
  consentAnswerSchema,
  consentRequestSchema,
  consentWithdrawalSchema,
  erasureProofSchema,
  termsOf,
  type RecordingKind,
} from './models';
import { purposeOf } from './purposeTemplates';
import { standing, takenBack } from './standing';

/** The format of receipt documents this program writes. Raised with every change of `receiptDocument`. */
export const receiptVersion = 2;

/**
 * What was signed, as it was signed: a receipt document is made of this and of nothing else, so that whoever holds the
 * document can make it again and compare.
 */
export const receiptProofSchema = z.strictObject({
  /** The identity key of the person who was asked; the host's is in the request. */
  personKey: publicKeySchema,
  request: consentRequestSchema.strict(),
  answer: consentAnswerSchema.strict(),
  /** By the person's key over the answer (context `consentAnswer`); null where the host alone says that none came. */
  answerSignature: signatureSchema.nullable(),
  /** By the host's key over the answer (context `consentReceipt`); null where it has not come. */
  hostSignature: signatureSchema.nullable(),
  noticeText: z.string(),
  withdrawals: z.array(
    z.strictObject({
      withdrawal: consentWithdrawalSchema.strict(),
      /** By the person's key over the withdrawal (context `consentWithdrawal`). */
      signature: signatureSchema,
      /**
       * The host's word that what it names is destroyed: the key's signature over `proof` (context `erasureProof`), or,
       * from before there were proofs, over the withdrawal (context `withdrawalDone`). Null until confirmed.
       */
      erasure: z.strictObject({ proof: erasureProofSchema.strict().nullable(), signature: signatureSchema }).nullable(),
    }),
  ),
});
export type ReceiptProof = z.infer<typeof receiptProofSchema>;

/** Names a receipt everywhere: one person's answer in one recording. */
export function receiptId(recordingId: string, participantId: string): string {
  return `urn:konklave:receipt:${idSchema.parse(recordingId)}:${idSchema.parse(participantId)}`;
}

const kindTitles: Readonly<Record<RecordingKind, string>> = {
  audio: 'Sound of the microphone',
  video: 'Picture of the camera',
  screen: 'Picture of the shared screen',
  chat: 'Chat messages: text, name and time',
  summary: 'Summary of what was said',
  clip: 'Consent clip: sound and picture of the consent itself',
};

const context = {
  dpv: 'https://w3id.org/dpv#',
  dct: 'http://purl.org/dc/terms/',
  'dpv-27560': 'https://w3id.org/dpv/schema/dpv-27560#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'legal-eu': 'https://w3id.org/dpv/legal/eu#',
  loc: 'https://w3id.org/dpv/loc#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  schema: 'https://schema.org/',
  konklave: 'urn:konklave:receipt-terms:',
  // JSON-LD 1.1, section 4.2.2: the signed documents stay JSON, with their own names.
  'konklave:proof': { '@id': 'konklave:proof', '@type': '@json' },
} as const;

const reference = (id: string) => ({ '@id': id });
const keyName = (key: string) => `urn:konklave:identity:${key}`;
const instant = (timestamp: number) => new Date(timestamp).toISOString();

/**
 * The receipt as an ISO/IEC TS 27560 record in the JSON-LD shape of W3C DPV (https://w3id.org/dpv/guides/consent-27560),
 * with what was signed embedded under `konklave:proof`. Pure: the same proof gives the same document on every machine.
 * What each field is, and where it comes from: docs/receipts.md.
 *
 * Throws a RangeError for a time beyond what a date can hold.
 */
export function receiptDocument(proof: ReceiptProof) {
  const { request, answer } = proof;
  const id = receiptId(answer.recordingId, answer.participantId);
  const person = keyName(proof.personKey);
  const controller = keyName(request.controllerKey);
  return {
    '@context': context,
    '@id': id,
    '@type': 'dpv:ConsentReceipt',
    'dct:identifier': id,
    'dct:conformsTo': reference('dpv-27560:receipt'),
    'dct:created': instant(answer.answeredAt),
    'konklave:version': receiptVersion,
    'dpv:hasRecordOfActivity': {
      '@id': `${id}:record`,
      '@type': 'dpv:ConsentRecord',
      'dct:identifier': `${id}:record`,
      'dct:conformsTo': reference('dpv-27560:record'),
      'dpv:hasDataSubject': {
        '@id': person,
        '@type': 'dpv:DataSubject',
        'dct:identifier': answer.participantId,
        'dpv:hasName': answer.participantName,
      },
      'dpv:hasDataController': {
        '@id': controller,
        '@type': 'dpv:DataController',
        'dct:identifier': request.controllerKey,
        'dpv:hasName': request.controllerName,
        'dpv:hasContact': request.controllerContact,
      },
      'dpv:hasJurisdiction': reference('loc:EU'),
      'dpv:hasApplicableLaw': reference('legal-eu:law-GDPR'),
      'dpv:hasNotice': notice(proof),
      'dpv:hasProcess': termsOf(request).kinds.map((kind) => processing(proof, kind, controller)),
      'dpv:hasConsentStatus': events(proof, person, controller),
    },
    'konklave:proof': proof,
  };
}

function notice({ answer, noticeText }: ReceiptProof) {
  return {
    // RFC 6920: the name of these very bytes, by their SHA-256.
    '@id': `ni:///sha-256;${answer.noticeHash}`,
    '@type': 'dpv:ConsentNotice',
    'dct:hasVersion': answer.noticeVersion,
    'dct:language': answer.noticeLanguage,
    'dct:description': noticeText,
  };
}

/** Each kind was asked for on its own, so each is a process of its own with its own standing. */
function processing({ request, answer, withdrawals }: ReceiptProof, kind: RecordingKind, controller: string) {
  const { clipRetentionDays } = termsOf(request);
  const days = kind === 'clip' && clipRetentionDays !== null ? clipRetentionDays : request.retentionDays;
  const taken = takenBack(withdrawals.map(({ withdrawal }) => withdrawal));
  return {
    '@id': `urn:konklave:recording:${request.recordingId}:${answer.participantId}:${kind}`,
    '@type': 'dpv:Process',
    'dpv:hasPurpose': { '@type': 'dpv:Purpose', 'dct:description': purposeOf(request, answer.noticeLanguage) },
    'dpv:hasPersonalData': { '@type': 'dpv:PersonalData', 'dct:identifier': kind, 'dct:title': kindTitles[kind] },
    'dpv:hasNecessity': reference('dpv:Optional'),
    'dpv:hasProcessing': ['dpv:Collect', 'dpv:Record', 'dpv:Store', 'dpv:Erase'].map(reference),
    'dpv:hasDataSource': reference('dpv:DataSubjectDataSource'),
    'dpv:hasLegalBasis': [reference('dpv:ExplicitlyExpressedConsent'), reference('eu-gdpr:A6-1-a')],
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': reference('dpv:LocalLocation') },
      {
        '@type': 'dpv:StorageDuration',
        'dpv:hasDuration': { '@type': 'dpv:TemporalDuration', 'rdf:value': `P${days}D` },
      },
      {
        '@type': 'dpv:StorageDeletion',
        'dpv:hasDuration': { '@type': 'dpv:UntilTimeDuration', 'rdf:value': retainedUntil(request, days) },
      },
    ],
    'dpv:hasRecipient': reference(controller),
    'dpv:hasConsentControl': {
      '@type': 'dpv:WithdrawConsent',
      'dct:description': 'In the meeting with one click, afterwards in the same program, by file or by e-mail.',
    },
    'dpv:hasRight': ['A7-3', 'A15', 'A16', 'A17', 'A18', 'A20', 'A77'].map((article) =>
      reference(`eu-gdpr:${article}`),
    ),
    'konklave:standing': standing(answer.decisions, taken)[kind] ?? 'no',
  };
}

const retainedUntil = ({ requestedAt }: ReceiptProof['request'], days: number) =>
  instant(deleteAfter(requestedAt, days));

/** What happened, in order: asked, given or refused, and what followed. */
function events({ request, answer, answerSignature, withdrawals }: ReceiptProof, person: string, controller: string) {
  const event = (
    name: 'asked' | 'given' | 'refused' | 'withdrawn' | 'erased',
    status: string,
    at: number,
    by: string,
    kinds: readonly RecordingKind[],
  ) => ({
    '@type': status,
    'konklave:event': name,
    'konklave:kinds': kinds,
    'dpv:isIndicatedAtTime': instant(at),
    'dpv:isIndicatedBy': reference(by),
  });
  const { kinds: asked } = termsOf(request);
  const given = asked.filter((kind) => answer.decisions[kind] === true);
  const refused = asked.filter((kind) => answer.decisions[kind] !== true);
  const origin = { 'konklave:given': answer.given ?? 'asked' };
  return [
    event('asked', 'dpv:ConsentRequested', request.requestedAt, controller, asked),
    ...(given.length > 0
      ? [
          {
            ...event('given', 'dpv:ConsentGiven', answer.answeredAt, person, given),
            ...origin,
            'dpv:hasDuration': {
              '@type': 'dpv:UntilTimeDuration',
              'rdf:value': retainedUntil(request, request.retentionDays),
            },
          },
        ]
      : []),
    ...(refused.length > 0
      ? [
          {
            // Who never said anything has not indicated it themself.
            ...event(
              'refused',
              'dpv:ConsentRefused',
              answer.answeredAt,
              answerSignature ? person : controller,
              refused,
            ),
            ...origin,
          },
        ]
      : []),
    ...withdrawals.flatMap(({ withdrawal: { kinds, withdrawnAt, scope }, erasure }) => [
      {
        ...event('withdrawn', 'dpv:ConsentWithdrawn', withdrawnAt, person, kinds),
        'konklave:scope': scope ?? 'everything',
      },
      // A confirmation from before there were proofs carries no time of its own: it is about this withdrawal.
      ...(erasure === null || scope === 'future'
        ? []
        : [
            // DPV has no status for it: consent is as withdrawn as before.
            event('erased', 'dpv:ConsentWithdrawn', erasure.proof?.erasedAt ?? withdrawnAt, controller, [
              ...(erasure.proof?.kinds ?? kinds),
            ]),
          ]),
    ]),
  ];
}
