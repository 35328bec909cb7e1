import type { CommandName } from './commands';

/**
 * The names alone, so that the preload stays thin (no schemas in it). `satisfies` refuses a name that is not in the
 * map; the registrar's test refuses a missing one.
 */
export const commandNames = [
  'vault.state',
  'vault.create',
  'vault.unlock',
  'vault.restore',
  'profile.get',
  'profile.save',
  'preferences.get',
  'preferences.set',
  'app.takeLink',
  'app.copyText',
  'session.state',
  'session.create',
  'session.openLink',
  'session.openCode',
  'session.knock',
  'session.admit',
  'session.deny',
  'session.remove',
  'session.mute',
  'session.setLocked',
  'session.setMedia',
  'session.leave',
  'session.dismiss',
  'mesh.signal',
  'mesh.failed',
  'chat.send',
  'chat.history',
  'chat.search',
  'meetings.recent',
  'meetings.delete',
  'recording.state',
  'recording.start',
  'recording.stop',
  'consent.noticeText',
  'consent.answer',
  'consent.withdraw',
  'consents.list',
  'recording.openTrack',
  'recording.appendTrack',
  'recording.closeTrack',
  'recordings.list',
  'recordings.get',
  'recordings.keep',
  'recordings.delete',
  'retention.overview',
  'retention.setPeriod',
  'retention.hold',
  'retention.lift',
  'export.begin',
  'export.write',
  'export.finish',
  'export.cancel',
  'export.reveal',
] as const satisfies readonly CommandName[];

/** The channel on which a command travels. */
export function channelOf(name: string): string {
  return `konklave:${name}`;
}
