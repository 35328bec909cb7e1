import { X509Certificate } from 'node:crypto';
import { fingerprintOf } from './identity';

/** A meeting's TLS certificate; it lives in memory, as long as the meeting. */
export interface MeetingCertificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** SHA-256 of the DER certificate, base64url. */
  readonly fingerprint: string;
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * A fresh self-signed certificate with an EC P-256 key. It says nothing of the installation, and nobody checks its
 * names or dates: the invite pins its fingerprint. It is valid from a day ago for clocks that disagree.
 */
export async function createMeetingCertificate(now: number): Promise<MeetingCertificate> {
  // Loaded when it is needed: its ASN.1 libraries are the slowest to load of everything in main.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'meeting' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + 7 * dayMs),
  });
  return {
    privateKeyPem: made.private,
    certificatePem: made.cert,
    fingerprint: fingerprintOf(new X509Certificate(made.cert).raw),
  };
}
