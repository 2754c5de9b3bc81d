/** What a test or a visitor of the sandbox signs in with. */
export interface Account {
  readonly email: string;
  readonly password: string;
  /** The key of the public API, for those who have one. */
  readonly token?: string;
}

export const accounts: Readonly<Record<'citizen' | 'second' | 'unconfirmed' | 'admin', Account>> = {
  citizen: { email: 'lucie.fontaine@valmont.example', password: 'Passerelle-42-Tilleul' },
  second: { email: 'karim.benali@valmont.example', password: 'Guinguette-17-Lavoir' },
  unconfirmed: { email: 'elise.marchand@valmont.example', password: 'Potager-88-Boussole' },
  admin: {
    email: 'participation@valmont.example',
    password: 'Beffroi-63-Horloge',
    token: '7c1f0a9be4d2458396af5b30d8e6c712',
  },
};
