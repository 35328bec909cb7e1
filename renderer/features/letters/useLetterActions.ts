import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../common/errors';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';

/** The two ways on which a letter leaves: each says afterwards what to do with it. */
export interface LetterActions {
  readonly save: () => Promise<void>;
  readonly copy: () => Promise<void>;
  /** Whoever it is for does not want to be written to, and the sender is asked. */
  readonly objection?: {
    readonly name: string;
    readonly isAsking: boolean;
    readonly goOn: () => void;
    readonly stop: () => void;
  };
}

function useLetter(to: string) {
  const { t } = useTranslation();
  const run = useRun();
  const { say } = useNotify();
  return {
    save: async (command: Promise<Result<{ fileName: string } | null>>) => {
      const result = await run(command);
      if (result.ok && result.value)
        say(t('letters.saved', { file: result.value.fileName }), t('letters.savedText', { name: to }));
    },
    copy: async (command: Promise<Result<void>>) => {
      const result = await run(command);
      if (result.ok) say(t('letters.copied'), t('letters.copiedText', { name: to }));
    },
  };
}

/** A withdrawal that waits, to be sent to whoever recorded (`to`). */
export function useWithdrawalLetter(recordingId: string, to: string): LetterActions {
  const bridge = useBridge();
  const language = useLanguage();
  const { save, copy } = useLetter(to);
  return {
    save: () => save(bridge['letters.saveWithdrawal']({ recordingId, language })),
    copy: () => copy(bridge['letters.copyWithdrawal']({ recordingId, language })),
  };
}

/** The proofs of what one person took back, to be sent to them (`to`). */
export function useProofLetter(
  { recordingId, participantId }: { readonly recordingId: string; readonly participantId: string },
  to: string,
): LetterActions {
  const bridge = useBridge();
  const language = useLanguage();
  const { save, copy } = useLetter(to);
  const [asking, setAsking] = useState<'save' | 'copy' | null>(null);

  async function send(way: 'save' | 'copy', despite: boolean) {
    const wish = { recordingId, participantId, language, ...(despite ? { despiteObjection: true as const } : {}) };
    const isRefused = (result: Result<unknown>) => !result.ok && result.error.code === 'privacy/do-not-contact';
    if (way === 'save') {
      const result = await bridge['letters.saveProof'](wish);
      if (isRefused(result)) setAsking(way);
      else await save(Promise.resolve(result));
    } else {
      const result = await bridge['letters.copyProof'](wish);
      if (isRefused(result)) setAsking(way);
      else await copy(Promise.resolve(result));
    }
  }

  return {
    save: () => send('save', false),
    copy: () => send('copy', false),
    objection: {
      name: to,
      isAsking: asking !== null,
      goOn: () => {
        if (asking !== null) void send(asking, true);
      },
      stop: () => setAsking(null),
    },
  };
}

/** A request that waits, or what was said to one, to be sent to the other side (`to`). */
export function useRequestLetter(requestId: string, to: string): LetterActions {
  const bridge = useBridge();
  const language = useLanguage();
  const { save, copy } = useLetter(to);
  return {
    save: () => save(bridge['requests.saveLetter']({ requestId, language })),
    copy: () => copy(bridge['requests.copyLetter']({ requestId, language })),
  };
}
