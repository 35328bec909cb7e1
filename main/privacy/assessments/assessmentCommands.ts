import type { CommandInput, CommandName, CommandResponse } from '../../../common/ipc/commands';
import type { FactLines } from '../../../common/privacy/assessment';
import { factLines } from '../../../common/privacy/factLines';
import type { PrivacyFacts } from '../../../common/privacy/facts';
import type { Vault } from '../../vault/repositories';

type Handlers = {
  readonly [Name in Extract<CommandName, `assessments.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name>;
};

export interface AssessmentCommandsOptions {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly facts: () => PrivacyFacts;
  readonly now: () => number;
}

/**
 * What the IPC map asks about impact assessments (Art. 35 GDPR). What is set at the time of saving is read here, not taken
 * from the window, so that a later change is found (Art. 35 (11)). The last version of each day stays.
 */
export function assessmentCommands({ vault, facts, now }: AssessmentCommandsOptions): Handlers {
  const lines = (): FactLines =>
    factLines(facts(), { people: vault().people.list().length, recordings: vault().recordings.list().length });
  return {
    'assessments.overview': () => ({ lines: lines(), versions: vault().assessments.list() }),
    'assessments.save': (assessment) => {
      const savedAt = now();
      vault().assessments.put({ day: localDay(savedAt), savedAt, lines: lines(), assessment });
    },
  };
}

function localDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
