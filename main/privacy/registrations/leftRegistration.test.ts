import { expect, test } from 'vitest';
import type { RegistrationForm } from '../../../common/meeting/registration';
import type { ToldNotice } from '../../../common/privacy/notice';
import { newId, openFixture, vaultFixture } from '../../vault/testing/vaultFixture';
import { privacyFacts } from '../privacyFacts';

const form: RegistrationForm = { purpose: 'Minutes', fields: [{ id: 'phone', question: null, required: true }] };

test('R24: what was filled in is told of once nothing is asked for any more, until the last of it is gone', async () => {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const facts = privacyFacts({
    ...{ vault: () => vault, state: () => manager.state(), folder: fixture.folder },
    ...{ notice: () => ({}) as ToldNotice, locksAfter: () => 0 },
  });
  const left = () => facts().leftRegistration;
  const registered = (identityKey: string, retentionDays: number) => {
    const registration = { meetingId: newId(), identityKey, name: 'Grace', title: 'Board', registeredAt: 1_000 };
    vault.registrations.add({
      ...registration,
      retentionDays,
      answers: [{ id: 'email', question: null, text: 'g@x.example' }],
    });
    return registration;
  };
  expect(left()).toBeNull();
  vault.registrations.useForm(form);
  const [short, long] = [registered('a', 7), registered('b', 30)];
  expect(left()).toBeNull();

  vault.registrations.useForm(null);
  const fields = [
    { id: 'phone', question: null },
    { id: 'email', question: null },
  ];
  expect(left()).toEqual({ purpose: 'Minutes', fields, retentionDays: 30 });
  vault.registrations.expire([long]);
  expect(left()).toEqual({ purpose: 'Minutes', fields, retentionDays: 7 });
  vault.registrations.expire([short]);
  expect(left()).toBeNull();
  await manager.close();
});
