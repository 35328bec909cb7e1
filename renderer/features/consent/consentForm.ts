import { refusalOf, type Decisions, type RecordingKind } from '../../../common/consent/models';

/**
 * The question whether one may be recorded, while it is on screen. Nothing is chosen until the person chooses it (or had
 * chosen it before the meeting), and the only way to a yes is to say so with something switched on.
 */
export interface ConsentForm {
  readonly decisions: Decisions;
  /** Yes was pressed with nothing switched on: say what is missing, and change nothing. */
  readonly needsChoice: boolean;
  readonly phase: 'asking' | 'answering';
}

export type ConsentFormEvent =
  | { readonly type: 'switched'; readonly kind: RecordingKind; readonly on: boolean }
  | { readonly type: 'yes' }
  | { readonly type: 'no' }
  /** The person's own earlier choice is confirmed as it stands on the screen, be it a No. */
  | { readonly type: 'confirmed' }
  /** The answer did not get through. */
  | { readonly type: 'failed' };

export interface ConsentFormStep {
  readonly form: ConsentForm;
  /** What to tell the host now, if anything. */
  readonly answer: Decisions | null;
}

/** `beforehand`: what the person had chosen before the meeting, if anything; kinds that are not asked for do not count. */
export function emptyConsentForm(kinds: readonly RecordingKind[], beforehand: Decisions | null = null): ConsentForm {
  const chosen = Object.fromEntries(kinds.map((kind) => [kind, beforehand?.[kind] === true]));
  return { decisions: { ...refusalOf(kinds), ...chosen }, needsChoice: false, phase: 'asking' };
}

export function consentForm(form: ConsentForm, event: ConsentFormEvent): ConsentFormStep {
  if (event.type === 'failed') return { form: { ...form, phase: 'asking' }, answer: null };
  // One answer only, however often it is pressed.
  if (form.phase === 'answering') return { form, answer: null };
  switch (event.type) {
    case 'switched':
      // What was not asked for cannot be agreed to.
      if (form.decisions[event.kind] === undefined) return { form, answer: null };
      return {
        form: { ...form, decisions: { ...form.decisions, [event.kind]: event.on }, needsChoice: false },
        answer: null,
      };
    case 'yes':
      return Object.values(form.decisions).includes(true)
        ? { form: { ...form, phase: 'answering' }, answer: form.decisions }
        : { form: { ...form, needsChoice: true }, answer: null };
    case 'confirmed':
      return { form: { ...form, phase: 'answering' }, answer: form.decisions };
    case 'no':
      return {
        form: { ...form, phase: 'answering' },
        answer: refusalOf(Object.keys(form.decisions) as RecordingKind[]),
      };
  }
}
