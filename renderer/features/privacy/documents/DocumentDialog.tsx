import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { Dialog } from '../../../ui/Dialog';
import { DocumentPaper } from './DocumentPaper';

export interface DocumentDialogProps {
  readonly content: DocumentContent | null;
  /** Whether each text of it is there to be copied, under the heading above it. */
  readonly isCopied?: boolean;
  readonly onClose: () => void;
}

/** A document to read before it is handed over. */
export function DocumentDialog({ content, isCopied = false, onClose }: DocumentDialogProps) {
  return (
    <Dialog title={content?.title ?? ''} isOpen={content !== null} onClose={onClose} size="xl">
      {content !== null && <DocumentPaper content={content} isCopied={isCopied} />}
    </Dialog>
  );
}
