import type { DocumentContent } from '../../../../common/privacy/documentContent';

type Block = DocumentContent['blocks'][number];

/** A document as one reads it. */
export function DocumentPaper({ content }: { content: DocumentContent }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keys (WCAG 2.1.1)
    <section className="privacy-paper" aria-label={content.title} tabIndex={0}>
      <p className="small">{content.lead}</p>
      {content.blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a document is made anew as a whole
        <Part key={index} block={block} />
      ))}
    </section>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'text':
      return <p>{block.text}</p>;
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
