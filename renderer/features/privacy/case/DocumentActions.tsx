import { useState } from 'react';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { DocumentButtons, type DocumentButtonsProps } from '../documents/DocumentButtons';
import { DocumentDialog } from '../documents/DocumentDialog';

/** One document of a case: to read, and as files. */
export function DocumentActions({ name, content, ...rest }: Omit<DocumentButtonsProps, 'onRead'>) {
  const [read, setRead] = useState<DocumentContent | null>(null);

  return (
    <div className="case-document">
      <span className="row-title">{name}</span>
      <DocumentButtons {...rest} name={name} content={content} onRead={() => setRead(content())} />
      <DocumentDialog content={read} onClose={() => setRead(null)} />
    </div>
  );
}
