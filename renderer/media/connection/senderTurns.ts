const turns = new WeakMap<RTCRtpSender, Promise<void>>();

/**
 * Changes a sender's parameters after everybody who asked before: the target of the picture, and whoever wants a key frame, switch
 * the same encoding off and on. Never rejects: a sender that cannot be changed belongs to a connection that is gone.
 */
export function inTurn(sender: RTCRtpSender, change: () => Promise<void>): Promise<void> {
  const turn = (turns.get(sender) ?? Promise.resolve()).then(change).catch(() => undefined);
  turns.set(sender, turn);
  return turn;
}
