import { errorMessage } from '../../core/errors.js';
import type { CapElement, ElementView } from './cap-element.js';

/** What to say after another attempt, where nothing but a failure has to be said. */
export const failureOf = (
  { kind, code }: ElementView,
  t: (key: ReturnType<typeof errorMessage>) => string,
): readonly [string, boolean] => (kind === 'error' && code ? [t(errorMessage(code)), true] : ['', false]);

/** Has screen readers say a sentence. */
export function say(announcer: ReturnType<CapElement['announcer']>, text: string, urgent = false): void {
  void announcer.then((announce) => announce?.(text, urgent));
}
