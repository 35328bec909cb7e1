import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ExtractState } from 'zustand';
import type { ErrorCode, Result } from '../../common/errors';
import type { Bridge } from '../../common/ipc/bridge';
import type { Language } from '../../common/meeting/models';
import type { RecordingDetail } from '../../common/recording/models';
import type { ExportHandle, MediaController, RecordingPlayer } from '../media/ports';
import type { Stores } from '../stores/stores';

/** Everything the UI works with. Made in main.tsx. */
export interface Services {
  readonly bridge: Bridge;
  readonly stores: Stores;
  readonly media: MediaController;
  readonly createPlayer: (detail: RecordingDetail) => RecordingPlayer;
  /** Null when the person cancelled where to save. */
  readonly startExport: (
    detail: RecordingDetail,
    options: { readonly language: Language; readonly onProgress: (fraction: number) => void },
  ) => Promise<ExportHandle | null>;
}

const ServicesContext = createContext<Services | null>(null);

export function AppProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('AppProvider is missing');
  return services;
}

type StateOf<Name extends keyof Stores> = ExtractState<Stores[Name]>;
function useNamed<Name extends keyof Stores, Slice>(name: Name, selector: (state: StateOf<Name>) => Slice): Slice {
  const store = useServices().stores[name] as unknown as Parameters<typeof useStore>[0];
  return useStore(store, selector as (state: unknown) => Slice);
}

export const useVault = <Slice,>(selector: (state: StateOf<'vault'>) => Slice) => useNamed('vault', selector);
export const useLock = <Slice,>(selector: (state: StateOf<'lock'>) => Slice) => useNamed('lock', selector);
export const useSession = <Slice,>(selector: (state: StateOf<'session'>) => Slice) => useNamed('session', selector);
export const useRecording = <Slice,>(selector: (state: StateOf<'recording'>) => Slice) =>
  useNamed('recording', selector);
export const useChat = <Slice,>(selector: (state: StateOf<'chat'>) => Slice) => useNamed('chat', selector);
export const usePreferences = <Slice,>(selector: (state: StateOf<'preferences'>) => Slice) =>
  useNamed('preferences', selector);
export const useLibrary = <Slice,>(selector: (state: StateOf<'library'>) => Slice) => useNamed('library', selector);
export const useNavigation = <Slice,>(selector: (state: StateOf<'navigation'>) => Slice) =>
  useNamed('navigation', selector);
export const useToasts = <Slice,>(selector: (state: StateOf<'toasts'>) => Slice) => useNamed('toasts', selector);
export const useBackup = <Slice,>(selector: (state: StateOf<'backup'>) => Slice) => useNamed('backup', selector);
export const useMedia = <Slice,>(selector: (state: StateOf<'media'>) => Slice) => useNamed('media', selector);

export function useBridge(): Bridge {
  return useServices().bridge;
}

/** The language the app speaks right now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'de' ? 'de' : 'en';
}

/** Says something short to the person: on screen, or to screen readers only. */
export function useNotify() {
  const { t } = useTranslation();
  const { toasts } = useServices().stores;
  return useMemo(
    () => ({
      say: (title: string, text: string | null = null) => toasts.getState().show({ tone: 'plain', title, text }),
      failed: (code: ErrorCode) =>
        toasts.getState().show({ tone: 'danger', title: t(`errors.${code}.what`), text: t(`errors.${code}.todo`) }),
      announce: (text: string) => toasts.getState().announce(text),
    }),
    [t, toasts],
  );
}

/** Runs a command and tells the person when it fails. */
export function useRun() {
  const { failed } = useNotify();
  return useCallback(
    async <Value,>(command: Promise<Result<Value>>): Promise<Result<Value>> => {
      const result = await command;
      if (!result.ok) failed(result.error.code);
      return result;
    },
    [failed],
  );
}
