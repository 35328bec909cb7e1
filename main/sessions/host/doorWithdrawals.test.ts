import { afterEach, describe, expect, it } from 'vitest';
import type { ErasureProof } from '../../../common/consent/models';
import type { TravellingProof, TravellingWithdrawal, WithdrawalPort } from '../../../common/consent/withdrawalPort';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined } from '../testing/person';
import { RawGuest } from '../testing/rawGuest';

afterEach(disposePeople);

const signature = 'S'.repeat(86);
const withdrawalOf = (letter: string): TravellingWithdrawal => ({
  withdrawal: {
    recordingId: letter.repeat(22),
    participantId: 'P'.repeat(22),
    kinds: ['audio'],
    scope: 'everything',
    withdrawnAt: 1,
  },
  signature,
});
const proofOf = ({ withdrawal }: TravellingWithdrawal): TravellingProof => {
  const proof: ErasureProof = {
    ...{ recordingId: withdrawal.recordingId, participantId: withdrawal.participantId },
    ...{ withdrawalHash: 'H'.repeat(43), kinds: ['audio'], scope: 'everything' },
    ...{ erasedAt: 2, tracks: 1, chatLines: 0, exports: [] },
  };
  return { proof, signature };
};

/** Notes what passes; what is signed is checked by whoever stands behind the real port. */
function port(waiting: readonly TravellingWithdrawal[] = []) {
  const taken: TravellingWithdrawal[] = [];
  const kept: TravellingProof[] = [];
  const asked: string[] = [];
  const withdrawals: WithdrawalPort = {
    waitingFor: (hostKey) => (asked.push(hostKey), waiting),
    take: (withdrawal) => (
      taken.push(withdrawal),
      withdrawal.withdrawal.recordingId.startsWith('F') ? null : proofOf(withdrawal)
    ),
    keep: (proof) => (kept.push(proof), true),
  };
  return { withdrawals, taken, kept, asked };
}

describe('a withdrawal at the door', () => {
  it('is delivered and answered as soon as the host is reached: nobody has to knock or be admitted', async () => {
    const [there, here] = [port(), port([withdrawalOf('A'), withdrawalOf('B')])];
    const host = await hosted({ withdrawals: there.withdrawals });
    const anna = createPerson('Anna', { withdrawals: here.withdrawals });
    await anna.service.openLink({ link: inviteOf(host).link });
    await eventually(() => here.kept.length === 2);
    expect(anna.service.state().phase).toBe('preview');
    expect(host.meeting().lobby).toEqual([]);
    expect(there.taken).toEqual([withdrawalOf('A'), withdrawalOf('B')]);
    expect(here.asked).toEqual([host.vault.profile.get().identityKey]);
    // And one can go on as if nothing had been.
    await joined(host, createPerson('Ben', { withdrawals: here.withdrawals }));
  });

  it('that is refused is not answered, and the connection stays', async () => {
    const there = port();
    const host = await hosted({ withdrawals: there.withdrawals });
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.send({ type: 'withdrawal', ...withdrawalOf('F') });
    guest.send({ type: 'withdrawal', ...withdrawalOf('A') });
    expect((await guest.next('erasureProof')).proof.recordingId).toBe('A'.repeat(22));
    expect(guest.received.map(({ type }) => type)).toEqual(['welcome', 'erasureProof']);
  });

  it('before the code was shown, after admission, or in no shape of one ends the connection', async () => {
    const there = port();
    const host = await hosted({ withdrawals: there.withdrawals });
    const early = await RawGuest.connect(host);
    early.send({ type: 'withdrawal', ...withdrawalOf('A') });
    const late = await RawGuest.admitted(host, 'Late');
    late.send({ type: 'withdrawal', ...withdrawalOf('A') });
    const odd = await RawGuest.connect(host);
    await odd.hello();
    odd.send({ type: 'withdrawal', withdrawal: { kinds: ['everything'] }, signature });
    for (const guest of [early, late, odd]) await eventually(() => guest.closed);
    expect(there.taken).toEqual([]);
  });

  it('does not end the meeting when the vault is locked', async () => {
    const locked = (): never => {
      throw new Error('locked');
    };
    const host = await hosted({ withdrawals: { waitingFor: locked, take: locked, keep: locked } });
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.send({ type: 'withdrawal', ...withdrawalOf('A') });
    guest.knock('Anna');
    await guest.next('waiting');
    expect(host.reported).toHaveLength(1);
  });
});
