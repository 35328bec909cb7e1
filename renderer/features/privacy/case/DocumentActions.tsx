import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDocument, DocumentContent, DocumentFormat } from '../../../../common/privacy/documentContent';
import { useBridge, useLanguage, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';
import { DocumentDialog } from '../documents/DocumentDialog';

export interface DocumentActionsProps {
  readonly name: string;
  readonly document: CaseDocument;
  /** Made when it is read or saved. */
  readonly content: () => DocumentContent;
  readonly formats: readonly DocumentFormat[];
}

/** One document of a case: to read, and as files. */
export function DocumentActions({ name, document, content, formats }: DocumentActionsProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const [read, setRead] = useState<DocumentContent | null>(null);

  async function save(format: DocumentFormat) {
    const result = await run(bridge['privacy.saveDocument']({ document, content: content(), format, language }));
    if (result.ok && result.value !== null) say(t('records.saved', { file: result.value.fileName }));
  }

  return (
    <div className="case-document">
      <span className="row-title">{name}</span>
      <Button look="quiet" aria-label={`${t('records.view')}: ${name}`} onPress={() => setRead(content())}>
        {t('records.view')}
      </Button>
      {formats.map((format) => (
        <Button
          key={format}
          aria-label={`${t('records.saveAs', { format: format.toUpperCase() })}: ${name}`}
          onPress={() => void save(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      <DocumentDialog content={read} onClose={() => setRead(null)} />
    </div>
  );
}
