/** Forms of a sentence by plural category, as `Intl.PluralRules` names them, chosen by the parameter `count`. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Messages = Readonly<Record<string, string | Plural>>;

/** A text per key in every language, French at hand and the others loaded when asked for. */
export interface Catalog<Key extends string = string> {
  readonly fr: Readonly<Record<Key, string | Plural>>;
  readonly others: Readonly<Record<string, () => Promise<Readonly<Record<Key, string | Plural>>>>>;
}

export type Params = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, params?: Params) => string;
