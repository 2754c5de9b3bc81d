/** An answer that never ends, and how much of it somebody has taken. */
export interface Endless {
  readonly response: Response;
  readonly taken: { bytes: number; cancelled: boolean };
}

/** @param part - What comes again and again. */
export function endless(init: ResponseInit = {}, part = new Uint8Array(64 * 1024).fill(0x20)): Endless {
  const taken = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += part.length;
      controller.enqueue(part);
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  return { response: new Response(body, { headers: { 'Content-Type': 'application/json' }, ...init }), taken };
}
