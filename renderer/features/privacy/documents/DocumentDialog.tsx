import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { Dialog } from '../../../ui/Dialog';
import { DocumentPaper } from './DocumentPaper';

/** A document to read before it is handed over. */
export function DocumentDialog({ content, onClose }: { content: DocumentContent | null; onClose: () => void }) {
  return (
    <Dialog title={content?.title ?? ''} isOpen={content !== null} onClose={onClose} size="xl">
      {content !== null && <DocumentPaper content={content} />}
    </Dialog>
  );
}
