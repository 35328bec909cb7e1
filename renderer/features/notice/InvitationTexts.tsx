import { FileDown, Mail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../common/meeting/models';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { noticeDocument } from '../privacy/documents/noticeDocument';
import { invitationText, type InvitationFacts } from './invitationText';
import './notice.css';

/** A whole invitation to send, in either language, and the notice as a file to send with it. */
export function InvitationTexts({ facts }: { facts: InvitationFacts }) {
  const { t, i18n } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const { facts: told, version } = facts.notice;

  async function copy(chosen: Language) {
    const text = invitationText(facts, i18n.getFixedT(chosen), chosen);
    if ((await run(bridge['app.copyText']({ text }))).ok) say(t('notices.textCopied'));
  }

  async function save(format: 'pdf' | 'html') {
    const content = noticeDocument(told, t, formatDate(version.since, language), version.number);
    const result = await run(bridge['privacy.saveDocument']({ document: 'notice', content, format, language }));
    if (result.ok && result.value !== null) say(t('records.saved', { file: result.value.fileName }));
  }

  return (
    <div className="invite-texts">
      <Menu
        label={t('notices.copyText')}
        placement="bottom start"
        trigger={
          <Button icon={Mail} wide>
            {t('notices.copyText')}
          </Button>
        }
        entries={(['de', 'en'] as const).map((chosen) => ({
          id: chosen,
          label: t(`notices.language.${chosen}`),
          onAction: () => void copy(chosen),
        }))}
      />
      <Menu
        label={t('notices.saveNotice')}
        trigger={
          <Button icon={FileDown} wide>
            {t('notices.saveNotice')}
          </Button>
        }
        entries={(['pdf', 'html'] as const).map((format) => ({
          id: format,
          label: t('records.saveAs', { format: format.toUpperCase() }),
          onAction: () => void save(format),
        }))}
      />
    </div>
  );
}
