/** Somebody whom the identity service knows. Their names and addresses are those of the seed, where they have an account. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Whether the service has seen that the address is theirs. */
  readonly emailVerified: boolean;
  readonly birthDate: string;
  readonly note: string;
}

const people: readonly Person[] = [
  {
    id: 'lucie-fontaine',
    firstName: 'Lucie',
    lastName: 'Fontaine',
    email: 'lucie.fontaine@valmont.example',
    emailVerified: true,
    birthDate: '1988-05-14',
    note: 'A déjà un compte sur la plateforme',
  },
  {
    id: 'karim-benali',
    firstName: 'Karim',
    lastName: 'Benali',
    email: 'karim.benali@valmont.example',
    emailVerified: true,
    birthDate: '1979-11-02',
    note: 'A déjà un compte sur la plateforme, et un téléphone vérifié',
  },
  {
    id: 'elise-marchand',
    firstName: 'Élise',
    lastName: 'Marchand',
    email: 'elise.marchand@valmont.example',
    emailVerified: false,
    birthDate: '2001-02-23',
    note: 'N’a pas encore confirmé son adresse électronique',
  },
  {
    id: 'noe-delatour',
    firstName: 'Noé',
    lastName: 'Delatour',
    email: 'noe.delatour@valmont.example',
    emailVerified: true,
    birthDate: '1995-08-30',
    note: 'Vient sur la plateforme pour la première fois',
  },
];

export function listPeople(): readonly Person[] {
  return people;
}

export function findPerson(id: string): Person | undefined {
  return people.find((person) => person.id === id);
}
