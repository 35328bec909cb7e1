import { termsOf, type RecordingKind } from '../../../common/consent/models';
import { purposeOf } from '../../../common/consent/purposeTemplates';
import { receiptId, type ReceiptProof } from '../../../common/consent/receiptDocument';
import { standingKinds, takenBack } from '../../../common/consent/standing';
import { deleteAfter } from '../../../common/recording/retention';
import { textHash } from '../../vault/documentHash';

const categories = {
  audio: 'Sound',
  video: 'Picture',
  screen: 'Shared screen',
  chat: 'Chat messages',
  summary: 'Summary',
  clip: 'Consent clip',
} as const satisfies Record<RecordingKind, string>;

/**
 * The receipt in the JSON shape of the Kantara Consent Receipt Specification 1.1.0, unsigned, for programs that read that.
 * It knows only consent that stands: null for a refusal and for a yes that was taken back completely. The fields we have
 * nothing for (address, telephone) are empty; see docs/receipts.md.
 */
export function kantaraReceipt({ request, answer, withdrawals, personKey }: ReceiptProof) {
  const kinds = standingKinds(answer.decisions, takenBack(withdrawals.map(({ withdrawal }) => withdrawal)));
  if (kinds.length === 0) return null;
  return {
    version: 'KI-CR-v1.1.0',
    jurisdiction: 'EU',
    consentTimestamp: Math.floor(answer.answeredAt / 1000),
    collectionMethod: `Dialog in the meeting, one switch for each of: ${termsOf(request).kinds.join(', ')}`,
    consentReceiptID: uuid(receiptId(answer.recordingId, answer.participantId)),
    publicKey: request.controllerKey,
    language: answer.noticeLanguage,
    piiPrincipalId: personKey,
    piiControllers: [
      {
        piiController: request.controllerName,
        onBehalf: false,
        contact: request.controllerContact,
        address: {},
        email: /^[^\s@]+@[^\s@]+$/.test(request.controllerContact) ? request.controllerContact : '',
        phone: '',
      },
    ],
    // There is no web page: the name of the notice's text (RFC 6920).
    policyUrl: `ni:///sha-256;${answer.noticeHash}`,
    services: [
      {
        service: 'Recording of a meeting',
        purposes: [
          {
            purpose: purposeOf(request, answer.noticeLanguage),
            purposeCategory: ['Recording'],
            consentType: 'EXPLICIT',
            piiCategory: kinds.map((kind) => categories[kind]),
            primaryPurpose: true,
            termination: new Date(deleteAfter(request.requestedAt, request.retentionDays)).toISOString(),
            thirdPartyDisclosure: false,
          },
        ],
      },
    ],
    sensitive: false,
    spiCat: [],
  };
}

/** A UUID of version 8 (RFC 9562, section 5.8) that is the same for the same name. */
function uuid(name: string): string {
  const bytes = Buffer.from(textHash(name), 'base64url').subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
