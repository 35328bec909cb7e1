import type { z } from 'zod';

/** One call from the renderer to main: its request is parsed from `unknown` in main; its response is trusted. */
export interface Command<Request extends z.ZodType, Response> {
  readonly request: Request;
  /** Never set: carries the response's type only. */
  readonly response?: Response;
}

export function command<Response>() {
  return <Request extends z.ZodType>(request: Request): Command<Request, Response> => ({ request });
}
