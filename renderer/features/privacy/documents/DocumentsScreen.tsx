import { BookOpenText, ClipboardList, Handshake, Quote, ShieldCheck, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  privacyDocuments,
  type DocumentContent,
  type DocumentFormat,
  type PrivacyDocument,
} from '../../../../common/privacy/documentContent';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { useLanguage, useNavigation } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { formatDate } from '../../../i18n/format';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { AssessmentRow } from '../assessment/AssessmentRow';
import { PrivacyPage } from '../PrivacyPage';
import { useKeptData } from '../useKeptData';
import { DocumentButtons } from './DocumentButtons';
import { DocumentDialog } from './DocumentDialog';
import { measures } from './measures';
import { noticeDocument } from './noticeDocument';
import { noticeTexts } from '../../notice/noticeTexts';
import { NoticeVersions } from './NoticeVersions';
import { worksAgreement } from './worksAgreement';
import { recordOfProcessing } from './recordOfProcessing';

const looks = {
  notice: { icon: BookOpenText, text: 'records.noticeText', formats: ['pdf', 'html'] },
  texts: { icon: Quote, text: 'records.textsText', formats: ['pdf', 'html'] },
  record: { icon: ClipboardList, text: 'records.recordText', formats: ['pdf', 'csv'] },
  agreement: { icon: Handshake, text: 'records.agreementText', formats: ['pdf', 'html'] },
  measures: { icon: ShieldCheck, text: 'records.measuresText', formats: ['pdf', 'csv'] },
} as const satisfies Record<PrivacyDocument, { icon: LucideIcon; text: string; formats: readonly DocumentFormat[] }>;

/** The documents a controller has to have, made from what is really set (Art. 13, 30, 32 GDPR). */
export function DocumentsScreen() {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const facts = useKeptData(askFacts);
  const documentOf = useDocuments();
  const [read, setRead] = useState<PrivacyDocument | null>(null);

  return (
    <PrivacyPage current="documents" title={t('records.title')} intro={t('records.intro')}>
      {facts?.notice.controllerContact === '' && (
        <Banner
          tone="warning"
          title={t('records.controllerMissing')}
          actions={<Button onPress={() => go({ page: 'settings' })}>{t('records.toSettings')}</Button>}
        >
          {t('records.controllerMissingText')}
        </Banner>
      )}
      {facts !== null && (
        <ul className="rows">
          {privacyDocuments.map((document) => (
            <DocumentRow
              key={document}
              document={document}
              content={documentOf(document, facts)}
              onRead={() => setRead(document)}
            />
          ))}
          <AssessmentRow />
        </ul>
      )}
      {facts !== null && <NoticeVersions current={facts.noticeVersion.number} />}
      <DocumentDialog
        content={facts === null || read === null ? null : documentOf(read, facts)}
        isCopied={read === 'texts'}
        onClose={() => setRead(null)}
      />
    </PrivacyPage>
  );
}

interface DocumentRowProps {
  readonly document: PrivacyDocument;
  readonly content: DocumentContent;
  readonly onRead: () => void;
}

function DocumentRow({ document, content, onRead }: DocumentRowProps) {
  const { t } = useTranslation();
  const { icon: Icon, text, formats } = looks[document];
  const name = t(`records.${document}`);

  return (
    <li className="ledger-item privacy-document">
      <Icon size={20} strokeWidth={1.7} aria-hidden className="ledger-held" />
      <span className="row-main">
        <span className="row-title">{name}</span>
        <span className="ledger-text">{t(text)}</span>
      </span>
      <DocumentButtons {...{ name, document, formats, onRead }} content={() => content} />
    </li>
  );
}

/** Words a document in the language of the app. */
function useDocuments(): (document: PrivacyDocument, facts: PrivacyFacts) => DocumentContent {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const today = formatDate(now, language);
  return (document, facts) => {
    const version = facts.noticeVersion;
    switch (document) {
      case 'notice':
        return noticeDocument(facts.notice, t, formatDate(version.since, language), version.number);
      case 'texts': {
        const words = t('notices.version', { number: version.number, date: formatDate(version.since, language) });
        return noticeTexts({ facts: facts.notice, version }, t, (one) => i18n.getFixedT(one), words);
      }
      case 'record':
        return recordOfProcessing(facts, t, today);
      case 'agreement':
        return worksAgreement(facts, t, today);
      case 'measures': {
        const { backedUpAt } = facts;
        return measures(facts, t, today, backedUpAt === null ? null : formatDate(backedUpAt, language));
      }
    }
  };
}

const askFacts = (bridge: Bridge) => bridge['privacy.facts']();
