import type { IpcMain, IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { errorCodeOf, type Result } from '../../common/errors';
import { commands, type CommandInput, type CommandName, type CommandResponse } from '../../common/ipc/commands';
import { channelOf, commandNames } from '../../common/ipc/names';
import { log } from '../app/log';

export type CommandHandlers = {
  readonly [Name in CommandName]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** Whether a frame is the top frame of our own window, showing our own page. */
export type IsTrustedFrame = (frame: WebFrameMain | null) => boolean;

// SECURITY (Electron checklist 17, "Validate the sender of all IPC messages")
/**
 * The one place where calls from the renderer enter main: the sender's frame is checked first, then the request is
 * parsed from `unknown`, then the handler runs. Every outcome is a Result; no message, stack or cause leaves main.
 */
export function registerCommands(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: CommandHandlers,
  isTrusted: IsTrustedFrame,
): void {
  for (const name of commandNames) {
    ipcMain.handle(channelOf(name), (event: IpcMainInvokeEvent, request: unknown) =>
      answer(name, handlers[name] as (request: unknown) => unknown, isTrusted(event.senderFrame), request),
    );
  }
}

async function answer(
  name: CommandName,
  handler: (request: unknown) => unknown,
  trusted: boolean,
  request: unknown,
): Promise<Result<unknown>> {
  if (!trusted) return { ok: false, error: { code: 'ipc/forbidden' } };
  const parsed = commands[name].request.safeParse(request);
  if (!parsed.success) return { ok: false, error: { code: 'ipc/invalid' } };
  try {
    return { ok: true, value: await handler(parsed.data) };
  } catch (thrown) {
    const code = errorCodeOf(thrown);
    if (code === 'internal/unexpected') log.error(`command ${name} failed`, thrown);
    return { ok: false, error: { code } };
  }
}
// END SECURITY
