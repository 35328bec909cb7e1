import { letterFormat, letterSchema, letterVersion, maxLetterSize, type Letter } from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';
import { canonical } from '../../../common/protocol/canonical';
import { blocksIn, type Block } from '../../documents/armour';

/** The text of a letter's file: its canonical form (RFC 8785), in UTF-8, without anything else. */
export function letterText(letter: Letter): string {
  return canonical(letter);
}

/**
 * The letters in a text, and for each that cannot be read why (`letter/newer-version`, `letter/incomplete`,
 * `letter/damaged`), in their order: that of a letter's file, or of an e-mail with blocks in it (a reply holds the one it
 * answers too). At least one. Looks at no signature. Throws `letter/too-large` and `letter/none`.
 */
export function readLetters(text: string): readonly (Letter | DomainError)[] {
  if (text.length > maxLetterSize) throw new DomainError('letter/too-large');
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const read = trimmed.startsWith('{') ? [letterOf(trimmed)] : blocksIn(text).map(ofBlock);
  if (read.length === 0) throw new DomainError('letter/none');
  return read;
}

function ofBlock(block: Block): Letter | DomainError {
  switch (block.state) {
    case 'whole':
      return letterOf(block.text);
    case 'cut':
      return new DomainError('letter/incomplete');
    case 'mangled':
      return new DomainError('letter/damaged');
  }
}

function letterOf(text: string): Letter | DomainError {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A file that was cut off, or somebody else's.
    return new DomainError(text.includes(`"${letterFormat}"`) ? 'letter/damaged' : 'letter/none');
  }
  if (!isRecord(value) || value['format'] !== letterFormat) return new DomainError('letter/none');
  const version = value['version'];
  if (typeof version === 'number' && Number.isInteger(version) && version > letterVersion) {
    return new DomainError('letter/newer-version');
  }
  const { success, data } = letterSchema.safeParse(value);
  // In another form it is not what was written: members that count twice, or names that mean something to JavaScript.
  return success && canonical(data) === text ? data : new DomainError('letter/damaged');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
