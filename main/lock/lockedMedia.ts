type Responder = (trackId: string, range: string | null) => Promise<Response>;

/** The same answers while the app is open; 403 while it is locked, and what is being played then ends in the middle. */
export function lockedMedia(respond: Responder, isLocked: () => boolean): Responder {
  return async (trackId, range) => {
    if (isLocked()) return new Response(null, { status: 403 });
    const { body, status, headers } = await respond(trackId, range);
    if (body === null) return new Response(null, { status, headers });
    const reader = body.getReader();
    const guarded = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = isLocked() ? { done: false, value: undefined } : await reader.read();
          // Asked again: it may have been locked while this was being read.
          if (isLocked()) {
            await reader.cancel();
            controller.error(new Error('locked'));
          } else if (done) controller.close();
          else if (value !== undefined) controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(guarded, { status, headers });
  };
}
