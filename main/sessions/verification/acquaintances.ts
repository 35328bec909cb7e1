import { standingOf, unknownStanding, type Standing } from '../../../common/verification/standing';
import type { SessionEnvironment } from '../sessionEnvironment';

/**
 * How somebody who shows this key and this name stands with this installation. A vault that cannot be read must not keep
 * people from meeting: they are then as if never met, and it is reported.
 */
export function standingIn(
  { vault, report }: Pick<SessionEnvironment, 'vault' | 'report'>,
  { identityKey, name }: { readonly identityKey: string; readonly name: string },
): Standing {
  try {
    return standingOf(vault().people.list(), identityKey, name);
  } catch (error) {
    report(error);
    return unknownStanding;
  }
}
