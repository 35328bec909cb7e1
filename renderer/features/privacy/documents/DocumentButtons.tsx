import { useTranslation } from 'react-i18next';
import type { CommandInput } from '../../../../common/ipc/commands';
import type { DocumentContent, DocumentFormat } from '../../../../common/privacy/documentContent';
import { useBridge, useLanguage, useNotify, useRun } from '../../../app/AppContext';
import { Button } from '../../../ui/Button';

export interface DocumentButtonsProps {
  /** For screen readers, which else would hear "PDF" many times. */
  readonly name: string;
  readonly document: CommandInput<'privacy.saveDocument'>['document'];
  /** Made when it is saved. */
  readonly content: () => DocumentContent;
  readonly formats: readonly DocumentFormat[];
  readonly onRead: () => void;
}

/** What can be done with any document: reading it, and saving it as a file. */
export function DocumentButtons({ name, document, content, formats, onRead }: DocumentButtonsProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();

  async function save(format: DocumentFormat) {
    const result = await run(bridge['privacy.saveDocument']({ document, content: content(), format, language }));
    if (result.ok && result.value !== null) say(t('records.saved', { file: result.value.fileName }));
  }

  return (
    <>
      <Button look="quiet" aria-label={`${t('records.view')}: ${name}`} onPress={onRead}>
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
    </>
  );
}
