import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBridge, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';

/** A text of a document that is there to be taken elsewhere; `label` says which. */
export function CopiedText({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  async function copy() {
    if ((await run(bridge['app.copyText']({ text }))).ok) say(t('notices.copied'));
  }
  return (
    <div className="privacy-copied">
      <p>{text}</p>
      <Button icon={Copy} aria-label={`${t('notices.copy')}: ${label}`} onPress={() => void copy()}>
        {t('notices.copy')}
      </Button>
    </div>
  );
}
