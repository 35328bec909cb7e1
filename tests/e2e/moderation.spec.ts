import type { Participant } from '../../common/meeting/models';
import type { MeetingState } from '../../common/meeting/sessionState';
import { faultsOf, tabTo } from '../support/looking';
import { expect, test, type Person } from '../support/person';

const passcode = 'Apfelbaum 42';

/** What main says of the meeting this person is in. */
async function meetingOf(person: Person): Promise<MeetingState> {
  const { value } = await person.call('session.state');
  return (value as { meeting: MeetingState }).meeting;
}

/** Opens what can be done about somebody, and returns what it offers. */
async function actionsFor(person: Person, other: Person): Promise<readonly string[]> {
  await person.openPanel('people');
  await person.button(person.t('room.actionsFor', { name: other.name })).click();
  const items = person.page.getByRole('menuitem');
  await expect(items.first()).toBeVisible();
  return items.allInnerTexts();
}

async function act(person: Person, other: Person, action: string): Promise<void> {
  await actionsFor(person, other);
  await person.page.getByRole('menuitem', { name: action }).click();
}

/** A short note, which screen readers hear too. */
async function isTold(person: Person, words: string): Promise<void> {
  await expect(person.page.getByRole('status').getByText(words, { exact: true })).toBeVisible();
}

test('R12: a co-host answers the door and keeps order; main enforces what a co-host may not do', async ({ person }) => {
  test.setTimeout(240_000);
  const [helga, carla] = await Promise.all([
    person('Helga Haller', { language: 'de' }),
    person('Carla Cortez', { language: 'de' }),
  ]);
  const [gus, dora] = await Promise.all([person('Gus Graham'), person('Dora Dean')]);
  const { link } = await helga.host('Beirat');
  await carla.enter(helga, { link });
  await gus.enter(helga, { link });

  await test.step('the host makes a co-host with the keyboard, and both are told', async () => {
    await helga.openPanel('people');
    await tabTo(helga, helga.button(helga.t('room.actionsFor', { name: carla.name })));
    await helga.page.keyboard.press('Enter');
    const item = helga.page.getByRole('menuitem', { name: helga.t('moderation.makeCoHost') });
    await expect(item).toBeVisible();
    for (let presses = 0; presses < 10; presses += 1) {
      if (await item.evaluate((element) => element === document.activeElement)) break;
      await helga.page.keyboard.press('ArrowDown');
    }
    await helga.page.keyboard.press('Enter');
    await isTold(helga, helga.t('moderation.madeCoHost', { name: carla.name }));
    await isTold(carla, carla.t('moderation.youAreCoHost', { name: helga.name }));
    await expect(gus.page.getByTestId('announcer')).toContainText(
      gus.t('moderation.madeCoHost', { name: carla.name }).replace(/\.$/u, ''),
    );
    for (const one of [helga, carla, gus]) {
      await one.openPanel('people');
      await expect(one.page.getByRole('listitem').filter({ hasText: one.t('moderation.coHost') })).toHaveCount(1);
    }
  });

  await test.step('with a passcode a wrong one stays outside and the right one knocks, at the co-host’s too', async () => {
    await helga.button(helga.t('room.more')).click();
    await helga.page.getByRole('menuitem', { name: helga.t('moderation.passcodeMenu') }).click();
    await helga.switchOn(helga.t('moderation.passcodeAsk'));
    const field = helga.field(helga.t('moderation.passcode'));
    await field.fill('1 2 3');
    await helga.button(helga.t('moderation.passcodeSave')).click();
    await expect(helga.page.getByText(helga.t('moderation.passcodeShort'))).toBeVisible();
    await field.fill(passcode);
    await helga.button(helga.t('moderation.passcodeSave')).click();
    await isTold(helga, helga.t('moderation.passcodeSet'));
    await expect.poll(async () => (await meetingOf(carla)).passcode).toBe(passcode);
    expect((await meetingOf(gus)).passcode).toBeNull();

    await dora.openLink(link);
    const typed = dora.page.getByLabel(dora.t('moderation.passcode'), { exact: true });
    await dora.field(dora.t('common.yourName')).fill('Dora the Second');
    await dora.readNotice();
    await dora.button(dora.t('join.knock')).click();
    await expect(dora.page.getByText(dora.t('moderation.doorPasscodeMissing'))).toBeVisible();
    for (const wrong of ['Birnbaum', 'Kirschbaum']) {
      await typed.fill(wrong);
      await dora.readNotice();
      await dora.button(dora.t('join.knock')).click();
      await expect(dora.page.getByText(dora.t('moderation.refused.wrong'))).toBeVisible();
      expect((await meetingOf(helga)).lobby).toEqual([]);
    }
    expect(await faultsOf(dora, 'wrong passcode')).toEqual([]);
    // What was typed besides is still there.
    await expect(dora.field(dora.t('common.yourName'))).toHaveValue('Dora the Second');
    await dora.field(dora.t('common.yourName')).fill(dora.name);
    await typed.fill('apfelbaum 42');
    await dora.knock();
    await expect(dora.page.getByText('Beirat'), 'the title is not for the door').toBeHidden();
    for (const one of [helga, carla]) {
      await expect(one.button(one.t('room.admitName', { name: dora.name })).first()).toBeVisible();
    }
    expect((await meetingOf(gus)).lobby).toEqual([]);
    await carla
      .button(carla.t('room.admitName', { name: dora.name }))
      .first()
      .click();
    await expect(dora.controls()).toBeVisible();
    await Promise.all([helga, carla, gus, dora].map((one) => one.isConnected()));
  });

  await test.step('the co-host mutes, the guest is told by whom, and nothing switches the microphone on again', async () => {
    await gus.turnOn('microphone');
    await expect.poll(async () => microphoneOf(carla, gus)).toBe(true);
    await act(carla, gus, carla.t('room.mute'));
    await isTold(gus, gus.t('moderation.mutedBy', { name: carla.name }));
    await expect(gus.button(gus.t('room.switchMicrophoneOn'))).toBeVisible();
    await expect.poll(async () => microphoneOf(helga, gus)).toBe(false);
    await Promise.all([dora.turnOn('microphone'), helga.turnOn('microphone')]);
    await carla.button(carla.t('moderation.muteAll')).click();
    await expect(dora.button(dora.t('room.switchMicrophoneOn'))).toBeVisible();
    await expect(helga.button(helga.t('room.switchMicrophoneOff'))).toBeVisible();
  });

  await test.step('about the host it is offered nothing, and main refuses what the window could ask', async () => {
    const offered = await actionsFor(carla, helga);
    for (const text of ['room.mute', 'room.remove', 'moderation.makeCoHost'] as const) {
      expect(offered).not.toContain(carla.t(text));
    }
    await carla.page.keyboard.press('Escape');
    expect(await faultsOf(carla, 'people, as co-host')).toEqual([]);
    await carla.call('preferences.set', { language: 'de' });
    const { participants, selfId } = await meetingOf(carla);
    const hostId = participants.find(({ role }) => role === 'host')?.id;
    const refused = { ok: false, error: { code: 'session/not-host' } };
    const attempts: readonly (readonly [string, unknown?])[] = [
      ['session.remove', { participantId: hostId }],
      ['session.mute', { participantId: hostId }],
      ['session.setCoHost', { participantId: selfId, coHost: true }],
      ['session.setPasscode', { passcode: null }],
    ];
    for (const [command, request] of attempts) expect(await carla.call(command, request), command).toEqual(refused);
    for (const [command, request] of [
      ...attempts,
      ['session.muteAll'],
      ['session.setLocked', { locked: true }],
    ] as const) {
      expect(await gus.call(command, request), command).toEqual(refused);
    }
    const recording = {
      ...{ recordingId: 'R'.repeat(22), participantId: selfId, kind: 'audio' },
      mimeType: 'audio/webm',
    };
    for (const [command, request] of [['recording.openTrack', recording], ['recording.stop']] as const) {
      expect(await carla.call(command, request), command).toMatchObject({ error: { code: 'recording/not-host' } });
    }
  });

  await test.step('the co-host removes somebody, who stays out, and locks the room', async () => {
    await act(carla, dora, carla.t('room.remove'));
    await carla.button(carla.t('room.removeConfirm')).click();
    await expect(dora.heading(dora.t('join.endedRemoved'))).toBeVisible();
    for (const one of [helga, carla, gus]) await expect(one.tile(dora)).toBeHidden();
    await dora.backToStart();
    await dora.openLink(link);
    await expect(dora.heading(dora.t('errors.join/denied.what'))).toBeVisible();
    await dora.button(dora.t('join.backToStart')).click();

    await carla.button(carla.t('room.more')).click();
    await carla.page.getByRole('menuitem', { name: carla.t('room.lock') }).click();
    for (const one of [helga, carla, gus]) {
      await expect(one.page.getByText(one.t('room.locked'), { exact: true }).first()).toBeVisible();
    }
    const current = (await meetingOf(carla)).invite?.link ?? '';
    expect(current).toBe((await meetingOf(helga)).invite?.link);
    await dora.openLink(current);
    await expect(dora.heading(dora.t('errors.join/locked.what'))).toBeVisible();
  });

  await test.step('the host takes the role back: the lobby, the invite and the rights are gone', async () => {
    await act(helga, carla, helga.t('moderation.takeCoHost'));
    await isTold(carla, carla.t('moderation.youAreNoCoHost'));
    expect(await meetingOf(carla)).toMatchObject({ role: 'guest', invite: null, passcode: null, lobby: [] });
    expect(await carla.call('session.setLocked', { locked: false })).toMatchObject({
      error: { code: 'session/not-host' },
    });
    await helga.leave();
    for (const one of [carla, gus]) await expect(one.heading(one.t('join.endedByHost'))).toBeVisible();
  });
});

async function microphoneOf(person: Person, other: Person): Promise<boolean | undefined> {
  const named = ({ name }: Participant) => name === other.name;
  return (await meetingOf(person)).participants.find(named)?.media.microphone;
}

test('a room that is opened with a passcode shows it to whoever invites, and hides none of it in the link', async ({
  person,
}) => {
  const helga = await person('Helga Haller');
  await helga.button(helga.t('start.create')).first().click();
  await helga.field(helga.t('start.title')).fill('Beirat');
  await helga.switchOn(helga.t('moderation.passcodeAsk'));
  expect(await faultsOf(helga, 'new room with a passcode')).toEqual([]);
  await helga.button(helga.t('start.openRoom')).click();
  await expect(helga.page.getByText(helga.t('moderation.passcodeShort'))).toBeVisible();
  await helga.field(helga.t('moderation.passcode')).fill(passcode);
  await helga.button(helga.t('start.openRoom')).click();
  await expect(helga.page.getByTestId('invite-passcode')).toHaveText(passcode);
  const { link, code } = await helga.readInvite();
  expect(`${decodeURIComponent(link)} ${code}`.toLowerCase()).not.toContain('apfel');
  expect(await faultsOf(helga, 'room with a passcode')).toEqual([]);
  expect(helga.desktop.mainOutput.join('\n').toLowerCase()).not.toContain('apfel');
});
