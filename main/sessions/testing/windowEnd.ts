import { createHash, randomBytes } from 'node:crypto';
import type { SignalData } from '../../../common/protocol/bodies';

type Description = Extract<SignalData, { readonly sdp: string }>;

/** What a window brings to a peer connection: a certificate, and the descriptions that name it. */
export interface WindowEnd {
  /** Stands for the DER: main only hashes it. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly fingerprint: string;
  readonly offer: Description;
  readonly answer: Description;
}

export function createWindowEnd(): WindowEnd {
  const certificate = new Uint8Array(randomBytes(300));
  const bytes = createHash('sha256').update(certificate).digest('hex').toUpperCase().match(/../g) ?? [];
  const fingerprint = bytes.join(':');
  const sdp = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
  return { certificate, fingerprint, offer: { type: 'offer', sdp }, answer: { type: 'answer', sdp } };
}
