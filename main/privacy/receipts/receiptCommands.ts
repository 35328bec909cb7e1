import type { CommandInput, CommandName, CommandResponse } from '../../../common/ipc/commands';
import type { ReceiptExports } from './receiptExports';

type Handlers = {
  readonly [Name in Extract<CommandName, `receipts.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** What the IPC map asks of receipts. Requests were parsed before they get here. */
export function receiptCommands(receipts: ReceiptExports): Handlers {
  return {
    'receipts.save': ({ format, language, ...which }) => receipts.save(which, format, language),
    'receipts.saveAll': ({ recordingId, language }) => receipts.saveAll(recordingId, language),
    'receipts.check': () => receipts.check(),
    'receipts.lastCheck': () => receipts.lastCheck(),
  };
}
