/** Forms of a sentence by plural category, as `Intl.PluralRules` names them, chosen by the parameter `count`. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Messages<Key extends string = string> = Readonly<Record<Key, string | Plural>>;

/** The texts of an element: French at hand, the others loaded when asked for. */
export interface Catalog<Key extends string = string> {
  readonly fr: Messages<Key>;
  readonly others: Readonly<Record<string, () => Promise<Messages<Key>>>>;
}

export type Params = Readonly<Record<string, string | number>>;
