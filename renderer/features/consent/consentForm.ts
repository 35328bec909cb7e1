import { nothing, recordingKinds, type Decisions, type RecordingKind } from '../../../common/consent/models';

/**
 * The question whether one may be recorded, while it is on screen. Nothing is chosen until the person chooses it, and
 * the only way to a yes is to switch something on and then say so.
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
  /** Escape or anything else that ends the question without an answer. */
  | { readonly type: 'closed' }
  /** The answer did not get through. */
  | { readonly type: 'failed' };

export interface ConsentFormStep {
  readonly form: ConsentForm;
  /** What to tell the host now, if anything. */
  readonly answer: Decisions | null;
}

export const emptyConsentForm: ConsentForm = { decisions: nothing, needsChoice: false, phase: 'asking' };

export function consentForm(form: ConsentForm, event: ConsentFormEvent): ConsentFormStep {
  if (event.type === 'failed') return { form: { ...form, phase: 'asking' }, answer: null };
  // One answer only, however often it is pressed.
  if (form.phase === 'answering') return { form, answer: null };
  switch (event.type) {
    case 'switched':
      return {
        form: { ...form, decisions: { ...form.decisions, [event.kind]: event.on }, needsChoice: false },
        answer: null,
      };
    case 'yes':
      return recordingKinds.some((kind) => form.decisions[kind])
        ? { form: { ...form, phase: 'answering' }, answer: form.decisions }
        : { form: { ...form, needsChoice: true }, answer: null };
    case 'no':
    case 'closed':
      return { form: { ...form, phase: 'answering' }, answer: nothing };
  }
}
