import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { CopiedText } from './CopiedText';

type Block = DocumentContent['blocks'][number];

/** A document as one reads it. `isCopied`: each text of it is there to be copied, under the heading above it. */
export function DocumentPaper({ content, isCopied = false }: { content: DocumentContent; isCopied?: boolean }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keys (WCAG 2.1.1)
    <section className="privacy-paper" aria-label={content.title} tabIndex={0}>
      <p className="small">{content.lead}</p>
      {content.blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a document is made anew as a whole
        <Part key={index} block={block} copyLabel={isCopied ? headingAbove(content, index) : null} />
      ))}
    </section>
  );
}

function headingAbove({ blocks }: DocumentContent, index: number): string {
  const above = blocks[index - 1];
  return above?.type === 'heading' ? above.text : '';
}

function Part({ block, copyLabel }: { block: Block; copyLabel: string | null }) {
  switch (block.type) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'text':
      return copyLabel === null ? <p>{block.text}</p> : <CopiedText text={block.text} label={copyLabel} />;
    case 'table':
      return (
        <table className="ledger-table">
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- a cell is its column
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}
