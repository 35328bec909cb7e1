/** What can be done in the room, the same by button and by key. */
export interface RoomActions {
  readonly microphone: () => void;
  readonly camera: () => void;
  readonly chat: () => void;
  readonly people: () => void;
  readonly recording: () => void;
  readonly invite: () => void;
  readonly passcode: () => void;
  readonly settings: () => void;
  readonly leave: () => void;
}
