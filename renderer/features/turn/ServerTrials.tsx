import { CircleAlert, CircleCheck, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tryServer, type TrialOutcome } from '../../media/connection/tryServer';
import { useBridge, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';

type Result = TrialOutcome | 'trying' | 'not-found';

const icons: Readonly<Record<Result, LucideIcon>> = {
  trying: LoaderCircle,
  works: CircleCheck,
  refused: CircleAlert,
  silent: CircleAlert,
  'not-found': CircleAlert,
};
const texts = {
  trying: 'turn.trying',
  works: 'turn.works',
  refused: 'turn.refused',
  silent: 'turn.silent',
  'not-found': 'turn.notFound',
} as const satisfies Record<Result, string>;

/** Tries each server as a meeting would, and says in words what comes of it. `servers`: null while they cannot be tried. */
export function ServerTrials({ servers, secret }: { servers: readonly string[] | null; secret: string | null }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const isTrying = [...results.values()].includes('trying');

  // What was tried and is not there any more says nothing now.
  const shown = [...results].filter(([server]) => servers?.includes(server) === true);

  async function tryOne(server: string): Promise<Result | null> {
    const prepared = await run(bridge['ice.prepare']({ server, secret }));
    if (!prepared.ok) return null;
    return prepared.value.entries.length === 0 ? 'not-found' : tryServer(prepared.value.entries);
  }

  async function tryAll() {
    if (servers === null || isTrying) return;
    setResults(new Map(servers.map((server) => [server, 'trying'])));
    await Promise.all(
      servers.map(async (server) => {
        const result = await tryOne(server);
        setResults((before) => {
          const after = new Map(before);
          if (result === null) after.delete(server);
          else after.set(server, result);
          return after;
        });
      }),
    );
  }

  return (
    <>
      <div className="turn-actions">
        <Button
          isDisabled={servers === null || servers.length === 0}
          isPending={isTrying}
          onPress={() => void tryAll()}
        >
          {t('turn.try')}
        </Button>
      </div>
      <ul className="turn-trials" aria-live="polite" aria-label={t('turn.trials')}>
        {shown.map(([server, result]) => {
          const Icon = icons[result];
          return (
            <li key={server} className={`turn-trial turn-${result}`}>
              <Icon size={20} strokeWidth={2} aria-hidden />
              <span>
                <span className="turn-server">{server}</span> {t(texts[result])}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
