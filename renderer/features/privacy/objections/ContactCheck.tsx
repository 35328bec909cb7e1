import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Objection } from '../../../../common/privacy/objections';
import { useBridge } from '../../../app/AppContext';
import { Disclosure } from '../../../ui/Disclosure';
import { LookUp } from './LookUp';

/**
 * Before something is sent to somebody whom the app does not know: whether they want to be contacted. Nothing while nobody
 * has objected to that.
 */
export function ContactCheck() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [count, setCount] = useState(0);
  const [found, setFound] = useState<readonly Objection[] | null>(null);
  useEffect(() => {
    let stopped = false;
    void bridge['rights.objections']().then((result) => {
      if (!stopped && result.ok) setCount(result.value.filter(({ kind }) => kind === 'contact').length);
    });
    return () => {
      stopped = true;
    };
  }, [bridge]);
  if (count === 0) return null;
  const blocks = found?.filter(({ kind }) => kind === 'contact') ?? [];
  const answer = found === null ? '' : t(blocks.length === 0 ? 'rights.contactFree' : 'rights.contactListed');
  return (
    <Disclosure label={t('rights.contactCheck')} summary={t('rights.contactCount', { count })}>
      <LookUp answer={answer} onFound={setFound} />
    </Disclosure>
  );
}
