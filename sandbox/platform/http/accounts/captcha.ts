import { randomInt, randomUUID } from 'node:crypto';

const LIFETIME = 10 * 60_000;
const NUMBERS = ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'] as const;

export interface CaptchaQuestion {
  readonly id: string;
  readonly text: string;
}

/**
 * Stands for the captcha service, which is bound to the platform's own pages: a question that everybody can read or
 * hear. The answer goes with the login as `id:answer`, and each question serves once.
 */
export class Captcha {
  readonly #questions = new Map<string, { readonly answer: number; readonly until: number }>();

  constructor(readonly now: () => number) {}

  ask(): CaptchaQuestion {
    for (const [id, { until }] of this.#questions) if (until <= this.now()) this.#questions.delete(id);
    const [left, right] = [randomInt(NUMBERS.length), randomInt(NUMBERS.length)];
    const id = randomUUID();
    this.#questions.set(id, { answer: left + right + 2, until: this.now() + LIFETIME });
    return { id, text: `Combien font ${NUMBERS[left]} plus ${NUMBERS[right]} ? Répondez en chiffres.` };
  }

  accepts(value: string): boolean {
    const [id = '', answer = ''] = value.split(':');
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    return question !== undefined && this.now() < question.until && Number(answer.trim() || NaN) === question.answer;
  }
}
