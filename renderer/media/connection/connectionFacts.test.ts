import { expect, it } from 'vitest';
import { connectionFacts } from './connectionFacts';

/** The entries that matter, as Chromium 114 gives them. */
const transport = {
  id: 'T1',
  type: 'transport',
  selectedCandidatePairId: 'P1',
  tlsVersion: 'FEFD',
  dtlsCipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  srtpCipher: 'AES_CM_128_HMAC_SHA1_80',
};
const pair = (id: string, local: string, remote: string, state = 'succeeded') => ({
  ...{ id, type: 'candidate-pair', localCandidateId: local, remoteCandidateId: remote, state },
});
const candidate = (id: string, candidateType: string, address: string, port: number, more = {}) => ({
  ...{ id, type: id.startsWith('L') ? 'local-candidate' : 'remote-candidate', protocol: 'udp' },
  ...{ candidateType, address, port, ...more },
});
const mine = candidate('L1', 'host', '192.0.2.1', 5001);
const theirs = candidate('R1', 'host', '192.0.2.2', 5002);
const relayed = candidate('L2', 'relay', '203.0.113.9', 60_001, {
  url: 'turn:203.0.113.9:3478?transport=tcp',
  relayProtocol: 'tcp',
});

it('says that it goes directly, and how it is encrypted', () => {
  expect(connectionFacts([transport, pair('P1', 'L1', 'R1'), mine, theirs])).toEqual({
    route: 'direct',
    protocol: 'udp',
    server: null,
    own: { address: '192.0.2.1', port: 5001 },
    peer: { address: '192.0.2.2', port: 5002 },
    dtlsVersion: 'DTLS 1.2',
    dtlsCipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    srtpCipher: 'AES_CM_128_HMAC_SHA1_80',
    reached: [{ address: '192.0.2.2', port: 5002, isServer: false }],
  });
});

it('says that it goes through the server on this side, and how the server is spoken to', () => {
  const server = { address: '203.0.113.9', port: 3478 };
  expect(connectionFacts([transport, pair('P1', 'L2', 'R1'), relayed, theirs])).toMatchObject({
    ...{ route: 'relayed', protocol: 'tcp', server },
    // The packets go to the server alone.
    reached: [{ ...server, isServer: true }],
  });
});

it('says that it goes through a server of the other side', () => {
  const far = candidate('R1', 'relay', '203.0.113.7', 60_002);
  expect(connectionFacts([transport, pair('P1', 'L1', 'R1'), mine, far])).toMatchObject({
    ...{ route: 'relayed', server: null, protocol: 'udp' },
    reached: [{ address: '203.0.113.7', port: 60_002, isServer: false }],
  });
});

it('names all that answered, once, and none that did not', () => {
  const second = candidate('R2', 'srflx', '198.51.100.1', 5003);
  const silent = candidate('R3', 'host', '10.0.0.3', 5004);
  const facts = connectionFacts([
    ...[transport, mine, relayed, theirs, second, silent],
    ...[pair('P1', 'L1', 'R1'), pair('P2', 'L1', 'R2'), pair('P3', 'L1', 'R3', 'in-progress')],
    ...[pair('P4', 'L2', 'R1'), pair('P5', 'L2', 'R2'), pair('P6', 'L1', 'R1')],
  ]);
  expect(facts?.reached).toEqual([
    { address: '192.0.2.2', port: 5002, isServer: false },
    { address: '198.51.100.1', port: 5003, isServer: false },
    { address: '203.0.113.9', port: 3478, isServer: true },
  ]);
});

it('knows nothing while no pair is selected, and does not make up what Chromium keeps to itself', () => {
  expect(connectionFacts([])).toBeNull();
  expect(connectionFacts([{ id: 'T1', type: 'transport' }])).toBeNull();
  const hidden = { id: 'R1', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp' };
  expect(
    connectionFacts([{ ...transport, tlsVersion: '', dtlsCipher: undefined }, pair('P1', 'L1', 'R1'), mine, hidden]),
  ).toMatchObject({ route: 'direct', peer: null, dtlsVersion: null, dtlsCipher: null, reached: [] });
  const odd = { ...relayed, url: 'turn:[2001:db8::9]' };
  expect(connectionFacts([transport, pair('P1', 'L2', 'R1'), odd, theirs])?.server).toEqual({
    address: '2001:db8::9',
    port: 3478,
  });
});
