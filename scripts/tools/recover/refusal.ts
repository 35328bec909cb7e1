/** Recovering cannot begin; the message is the one line that the person needs. */
export class RecoveryRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RecoveryRefusal';
  }
}
